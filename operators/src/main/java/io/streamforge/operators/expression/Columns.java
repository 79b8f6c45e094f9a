package io.streamforge.operators.expression;

import io.streamforge.operators.expression.Expression.Evaluator;
import io.streamforge.record.DataType;
import io.streamforge.record.RowCursor;
import org.jspecify.annotations.Nullable;

/** Reads columns in the forms that expressions work with. */
final class Columns {

    private Columns() {}

    static Evaluator reader(DataType type, boolean nullable, int column) {
        Evaluator value =
                switch (type.kind()) {
                    case INT32 -> row -> (long) row.getInt(column);
                    case INT64 -> row -> row.getLong(column);
                    case UINT64, DECIMAL -> row -> row.getDecimal(column);
                    case FLOAT32 -> row -> (double) row.getFloat(column);
                    case FLOAT64 -> row -> row.getDouble(column);
                    case BOOLEAN -> row -> row.getBoolean(column);
                    case STRING, INTERVAL, JSON -> row -> row.getString(column);
                    default -> row -> row.value(column);
                };
        return nullable ? row -> orNull(row, column, value) : value;
    }

    private static @Nullable Object orNull(RowCursor row, int column, Evaluator value) {
        return row.isNull(column) ? null : value.evaluate(row);
    }
}
