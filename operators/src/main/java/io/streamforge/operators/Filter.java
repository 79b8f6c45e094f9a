package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.operators.expression.EvaluationException;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;

/** Keeps the rows for which a condition is true, and all deletes. */
final class Filter implements Operator {

    private final RowSchema schema;
    private final Expression condition;
    private final RowCursor cursor;
    private final RowRejections rejections;

    Filter(RowSchema schema, Expression condition) {
        this.schema = schema;
        this.condition = condition;
        cursor = new RowCursor(schema);
        rejections = new RowRejections("filter", cursor);
    }

    @Override
    public RowSchema output() {
        return schema;
    }

    @Override
    public RecordBatch apply(RecordBatch batch) {
        RowBuffer rows = batch.rows();
        RowBuffer kept = null;
        for (int row = 0; row < rows.rows(); row++) {
            boolean keep = rows.op(row) == Op.DELETE || keeps(rows, row);
            if (keep && kept != null) {
                copy(rows, row, kept);
            } else if (!keep && kept == null) {
                kept = before(rows, row);
            }
        }
        if (kept == null) {
            return batch;
        }
        return new RecordBatch(schema, kept, batch.position(), rejections.after(batch.rejected()));
    }

    private boolean keeps(RowBuffer rows, int row) {
        try {
            return condition.isTrue(cursor.wrap(rows, row));
        } catch (EvaluationException e) {
            rejections.add(e);
            return false;
        }
    }

    private static RowBuffer before(RowBuffer rows, int end) {
        RowBuffer kept = new RowBuffer(rows.byteSize(), rows.rows());
        for (int row = 0; row < end; row++) {
            copy(rows, row, kept);
        }
        return kept;
    }

    private static void copy(RowBuffer rows, int row, RowBuffer to) {
        to.append(rows.array(), rows.start(row), rows.end(row), rows.op(row), rows.timestampMicros(row));
    }
}
