package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.Op;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query, the same bytes that {@link TableReader} makes of their images.
 *
 * @param count rows read, good and bad
 * @param lastKey of the last of them; empty when there are none
 */
record ChunkRows(RowBuffer rows, List<RejectedRow> rejected, int count, List<String> lastKey) {

    private static final BigDecimal TWO_TO_64 = new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE));

    static ChunkRows read(RowSchema table, ResultSet result) throws SQLException {
        RowBuffer rows = new RowBuffer();
        RowWriter writer = new RowWriter(table).to(rows);
        List<RejectedRow> rejected = new ArrayList<>();
        List<String> lastKey = List.of();
        int count = 0;
        while (result.next()) {
            count++;
            lastKey = key(table, result);
            try {
                for (int i = 0; i < table.size(); i++) {
                    write(result, i + 1, table.column(i), writer);
                }
                writer.endRow(Op.SNAPSHOT, Long.MIN_VALUE);
            } catch (InvalidValueException e) {
                writer.abandonRow();
                String message = String.valueOf(e.getMessage());
                rejected.add(new RejectedRow(
                        table.name() + " " + lastKey, "JDBC-VALUE", message, message.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return new ChunkRows(rows, rejected, count, lastKey);
    }

    private static List<String> key(RowSchema table, ResultSet result) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int column : table.keyIndices()) {
            key.add(ChunkKeys.text(
                    result, column + 1, table.column(column).type().kind()));
        }
        return key;
    }

    private static void write(ResultSet result, int index, Column column, RowWriter row) throws SQLException {
        switch (column.type().kind()) {
            case BOOLEAN -> {
                boolean value = result.getBoolean(index);
                orNull(result, row, () -> row.writeBoolean(value));
            }
            case INT32 -> {
                int value = result.getInt(index);
                orNull(result, row, () -> row.writeInt(value));
            }
            case INT64 -> {
                long value = result.getLong(index);
                orNull(result, row, () -> row.writeLong(value));
            }
            case FLOAT32 -> {
                float value = result.getFloat(index);
                orNull(result, row, () -> row.writeFloat(value));
            }
            case FLOAT64 -> {
                double value = result.getDouble(index);
                orNull(result, row, () -> row.writeDouble(value));
            }
            case DECIMAL -> row.writeValue(result.getBigDecimal(index));
            case UINT64 -> row.writeValue(unsigned(result.getBigDecimal(index)));
            case BYTES -> row.writeValue(result.getBytes(index));
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> TimeTexts.write(result.getString(index), column, row);
            default -> {
                String text = result.getString(index);
                if (text == null) {
                    row.writeNull();
                } else {
                    row.writeString(text);
                }
            }
        }
    }

    /** The driver takes the highest of 64 bits for a sign. */
    private static @Nullable BigDecimal unsigned(@Nullable BigDecimal value) {
        return value == null || value.signum() >= 0 ? value : value.add(TWO_TO_64);
    }

    private static void orNull(ResultSet result, RowWriter row, Runnable write) throws SQLException {
        if (result.wasNull()) {
            row.writeNull();
        } else {
            write.run();
        }
    }
}
