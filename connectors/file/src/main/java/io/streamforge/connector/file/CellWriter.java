package io.streamforge.connector.file;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The text of one column's values, as {@link CellReader} reads it: plain numbers, ISO-8601 times, base64 bytes, JSON for
 * arrays and maps.
 */
final class CellWriter {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private final int index;
    private final DataType type;
    private final RowWriter single;
    private final JsonRows json;
    private final RowCursor singleCursor;

    CellWriter(Column column, int index) {
        this.index = index;
        type = column.type();
        RowSchema schema = new RowSchema("cell", List.of(column), List.of());
        single = new RowWriter(schema);
        json = new JsonRows(schema);
        singleCursor = new RowCursor(schema);
    }

    /** Appends the text of a value that is not null. */
    void write(RowCursor row, TextBuffer out) {
        switch (type.kind()) {
            case BOOLEAN -> out.add(row.getBoolean(index) ? "true" : "false");
            case INT32 -> out.number(row.getInt(index));
            case INT64 -> out.number(row.getLong(index));
            case UINT64, DECIMAL -> decimal(row, out);
            case FLOAT32 -> out.add(Float.toString(row.getFloat(index)));
            case FLOAT64 -> out.add(Double.toString(row.getDouble(index)));
            case STRING, UUID, INTERVAL, JSON -> out.add(row.array(), row.contentStart(index), row.end(index));
            case BYTES -> out.add(Base64.getEncoder().encodeToString(row.getBytes(index)));
            case DATE -> out.add(LocalDate.ofEpochDay(row.getInt(index)).toString());
            case TIME ->
                out.add(DateTimeFormatter.ISO_LOCAL_TIME.format((LocalTime) Objects.requireNonNull(row.value(index))));
            case TIMESTAMP, TIMESTAMP_TZ -> timestamp(row.getLong(index), out);
            case ARRAY, MAP -> nested(row, out);
        }
    }

    private void decimal(RowCursor row, TextBuffer out) {
        if (row.unscaledFitsLong(index)) {
            out.decimal(row.getUnscaledLong(index), type.scale());
        } else {
            out.add(row.getDecimal(index).toPlainString());
        }
    }

    private void timestamp(long units, TextBuffer out) {
        long perSecond = type.nanos() ? NANOS_PER_SECOND : MICROS_PER_SECOND;
        long seconds = Math.floorDiv(units, perSecond);
        long second = Math.floorMod(seconds, SECONDS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
        if (date.getYear() >= 0 && date.getYear() <= 9999) {
            out.digits(date.getYear(), 4);
            out.add('-');
            out.digits(date.getMonthValue(), 2);
            out.add('-');
            out.digits(date.getDayOfMonth(), 2);
        } else {
            out.add(date.toString());
        }
        out.add('T');
        out.digits(second / 3600, 2);
        out.add(':');
        out.digits(second / 60 % 60, 2);
        out.add(':');
        out.digits(second % 60, 2);
        fraction(Math.floorMod(units, perSecond), type.nanos() ? 9 : 6, out);
        if (type.kind() == Kind.TIMESTAMP_TZ) {
            out.add('Z');
        }
    }

    private static void fraction(long fraction, int digits, TextBuffer out) {
        if (fraction == 0) {
            return;
        }
        long rest = fraction;
        int count = digits;
        while (rest % 10 == 0) {
            rest /= 10;
            count--;
        }
        out.add('.');
        out.digits(rest, count);
    }

    /** The value alone of {@code {"name":value}}. */
    private void nested(RowCursor row, TextBuffer out) {
        single.to(new RowBuffer(row.end(index) - row.start(index) + 16, 4));
        single.copy(row.array(), row.start(index), row.end(index));
        single.endRow();
        byte[] object = json.toBytes(singleCursor.wrap(single.buffer(), 0));
        int colon = 1;
        for (boolean text = false; text || object[colon] != ':'; colon++) {
            if (object[colon] == '\\') {
                colon++;
            } else if (object[colon] == '"') {
                text = !text;
            }
        }
        out.add(object, colon + 1, object.length - 1);
    }
}
