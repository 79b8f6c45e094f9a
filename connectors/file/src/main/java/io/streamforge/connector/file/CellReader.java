package io.streamforge.connector.file;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Parses the text of one column's cells into a row, from bytes, without an object per value for the usual forms; the unusual
 * ones go to {@link RareCells}. Spaces around a value that is not text do not matter, and nothing but spaces is null.
 */
final class CellReader {

    private final Column column;
    private final DataType type;
    private final Kind kind;
    private final RareCells rare;

    CellReader(Column column) {
        this.column = column;
        type = column.type();
        kind = type.kind();
        rare = new RareCells(column);
    }

    /** @param empty whether the text for null is the empty text, which a required STRING takes as it is */
    void readNull(boolean empty, RowWriter writer) {
        if (empty && kind == Kind.STRING && !column.nullable()) {
            writer.writeUtf8(new byte[0], 0, 0);
        } else {
            writer.writeNull();
        }
    }

    /** @throws InvalidValueException when the text is none of the column's type */
    void read(byte[] bytes, int from, int to, boolean ascii, RowWriter writer) {
        if (kind == Kind.STRING) {
            if (!ascii) {
                requireUtf8(bytes, from, to);
            }
            writer.writeUtf8(bytes, from, to);
            return;
        }
        int start = from;
        int end = to;
        while (start < end && bytes[start] == ' ') {
            start++;
        }
        while (end > start && bytes[end - 1] == ' ') {
            end--;
        }
        if (start == end) {
            if (kind == Kind.BYTES) {
                writer.writeBytes(bytes, start, end);
            } else {
                writer.writeNull();
            }
            return;
        }
        value(bytes, start, end, writer);
    }

    private void value(byte[] bytes, int from, int to, RowWriter writer) {
        switch (kind) {
            case INT64 -> integer(bytes, from, to, writer);
            case INT32 -> smallInteger(bytes, from, to, writer);
            case DECIMAL -> decimal(bytes, from, to, writer);
            case FLOAT64 -> real(bytes, from, to, writer);
            case BOOLEAN -> bool(bytes, from, to, writer);
            case DATE -> date(bytes, from, to, writer);
            case TIMESTAMP, TIMESTAMP_TZ -> timestamp(bytes, from, to, writer);
            default -> rare.read(bytes, from, to, writer);
        }
    }

    private void integer(byte[] bytes, int from, int to, RowWriter writer) {
        long value = AsciiNumbers.integer(bytes, from, to);
        if (value == AsciiNumbers.NONE) {
            rare.read(bytes, from, to, writer);
        } else {
            writer.writeLong(value);
        }
    }

    private void smallInteger(byte[] bytes, int from, int to, RowWriter writer) {
        long value = AsciiNumbers.integer(bytes, from, to);
        if (value != (int) value) {
            rare.read(bytes, from, to, writer);
        } else {
            writer.writeInt((int) value);
        }
    }

    private void decimal(byte[] bytes, int from, int to, RowWriter writer) {
        long unscaled = AsciiNumbers.unscaled(bytes, from, to, type.scale());
        if (unscaled == AsciiNumbers.NONE || AsciiNumbers.digits(unscaled) > type.precision()) {
            rare.read(bytes, from, to, writer);
        } else {
            writer.writeUnscaled(unscaled);
        }
    }

    private void real(byte[] bytes, int from, int to, RowWriter writer) {
        double value = AsciiNumbers.real(bytes, from, to);
        if (Double.isNaN(value)) {
            rare.read(bytes, from, to, writer);
        } else {
            writer.writeDouble(value);
        }
    }

    private void bool(byte[] bytes, int from, int to, RowWriter writer) {
        int value = Booleans.parse(bytes, from, to);
        if (value < 0) {
            throw new InvalidValueException(column, text(bytes, from, to), "is not a boolean such as true or false");
        }
        writer.writeBoolean(value == 1);
    }

    private void date(byte[] bytes, int from, int to, RowWriter writer) {
        int day = AsciiTimes.date(bytes, from, to);
        if (day == AsciiTimes.NO_DATE) {
            rare.read(bytes, from, to, writer);
        } else {
            writer.writeDate(day);
        }
    }

    private void timestamp(byte[] bytes, int from, int to, RowWriter writer) {
        long units = AsciiTimes.timestamp(bytes, from, to, type.precision(), kind == Kind.TIMESTAMP_TZ);
        if (units == AsciiTimes.NO_TIMESTAMP) {
            rare.read(bytes, from, to, writer);
        } else {
            writer.writeTimestamp(units);
        }
    }

    private void requireUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
        } catch (CharacterCodingException e) {
            throw new InvalidValueException(column, text(bytes, from, to), "is not UTF-8; convert the file");
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
