package io.streamforge.operators;

import io.streamforge.operators.expression.EvaluationException;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a batch that an operator could not process, shown as JSON. */
final class RowRejections {

    private static final int SHOWN_BYTES = 1024;

    private final String operator;
    private final JsonRows json;
    private final RowCursor cursor;
    private @Nullable List<RejectedRow> rows;

    /** @param cursor stands at the row that is rejected */
    RowRejections(String operator, RowCursor cursor) {
        this.operator = operator;
        this.cursor = cursor;
        json = new JsonRows(cursor.schema());
    }

    void add(EvaluationException e) {
        add(e.code(), String.valueOf(e.getMessage()));
    }

    void add(InvalidValueException e) {
        add("OPERATOR-VALUE", String.valueOf(e.getMessage()));
    }

    void add(String code, String message) {
        byte[] row = json.toBytes(cursor);
        List<RejectedRow> added = rows == null ? new ArrayList<>() : rows;
        added.add(new RejectedRow(place(), code, message, Arrays.copyOf(row, Math.min(row.length, SHOWN_BYTES))));
        rows = added;
    }

    private String place() {
        StringBuilder place = new StringBuilder("operator ").append(operator);
        for (String key : cursor.schema().key()) {
            place.append(", ")
                    .append(key)
                    .append(' ')
                    .append(cursor.value(cursor.schema().indexOf(key)));
        }
        return place.toString();
    }

    /** The batch's own rejected rows and those added here, which are then forgotten. */
    List<RejectedRow> after(List<RejectedRow> before) {
        List<RejectedRow> added = rows;
        if (added == null) {
            return before;
        }
        rows = null;
        List<RejectedRow> all = new ArrayList<>(before);
        all.addAll(added);
        return all;
    }
}
