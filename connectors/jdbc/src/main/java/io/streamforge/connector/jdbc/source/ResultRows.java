package io.streamforge.connector.jdbc.source;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a result that its driver streams. */
public final class ResultRows implements RowStream {

    private final ResultSet result;
    private final ResultCell[] cells;
    private final ResultCell[] keyCells;
    private final int[] keyIndices;
    private final RowSchema keySchema;
    private final RowWriter writer;
    private final String place;
    private final boolean hiddenKey;
    private List<RejectedRow> rejected = new ArrayList<>();
    private List<String> lastKey = List.of();
    private boolean keyKnown;
    private long row;

    /** @param result of {@link SelectSql#rows} for the selection */
    public ResultRows(ResultSet result, Selection selection, RowSchema schema, Function<ReadColumn, ResultCell> cell) {
        this.result = result;
        place = selection.relation().name();
        cells = selection.columns().stream().map(cell).toArray(ResultCell[]::new);
        keyCells = selection.order().stream().map(cell).toArray(ResultCell[]::new);
        keyIndices = selection.orderIndices();
        keySchema = selection.resumable() ? selection.orderSchema() : schema;
        hiddenKey = !selection.columns().containsAll(selection.order());
        writer = new RowWriter(schema);
    }

    @Override
    public @Nullable RowChunk next() throws SQLException {
        RowBuffer rows = new RowBuffer(ReadLimits.BATCH_BYTES + ReadLimits.BATCH_SLACK, ReadLimits.BATCH_ROWS / 4);
        writer.to(rows);
        while (rows.byteSize() < ReadLimits.BATCH_BYTES
                && rows.rows() < ReadLimits.BATCH_ROWS
                && rejected.size() < ReadLimits.MAX_REJECTED
                && result.next()) {
            read();
        }
        if (rows.rows() == 0 && rejected.isEmpty()) {
            return null;
        }
        List<RejectedRow> bad = rejected;
        rejected = new ArrayList<>();
        return new RowChunk(rows, bad, keyKnown ? lastKey : keyOfLast(rows));
    }

    /** The key is read from the result only where it cannot be taken from the last row of the batch. */
    private void read() throws SQLException {
        row++;
        keyKnown = hiddenKey;
        try {
            for (int i = 0; i < cells.length; i++) {
                cells[i].read(result, i + 1, writer);
            }
            writer.endRow();
        } catch (InvalidValueException e) {
            writer.abandonRow();
            keyKnown = true;
            rejected.add(new RejectedRow(
                    place + ", row " + row,
                    "JDBC-VALUE",
                    String.valueOf(e.getMessage()),
                    String.join(", ", key()).getBytes(StandardCharsets.UTF_8)));
        }
        if (keyKnown) {
            lastKey = key();
        }
    }

    private List<String> keyOfLast(RowBuffer rows) {
        List<String> texts = new ArrayList<>();
        RowCursor last = new RowCursor(writer.schema()).wrap(rows, rows.rows() - 1);
        for (int index : keyIndices) {
            texts.add(KeyText.of(Objects.requireNonNull(last.value(index))));
        }
        return texts;
    }

    private List<String> key() throws SQLException {
        if (keyCells.length == 0) {
            return List.of();
        }
        RowWriter values = new RowWriter(keySchema);
        for (int i = 0; i < keyCells.length; i++) {
            keyCells[i].read(result, keyIndices[i] + 1, values);
        }
        values.endRow();
        RowCursor cursor = new RowCursor(keySchema).wrap(values.buffer(), 0);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < keyCells.length; i++) {
            texts.add(KeyText.of(Objects.requireNonNull(cursor.value(i))));
        }
        return texts;
    }
}
