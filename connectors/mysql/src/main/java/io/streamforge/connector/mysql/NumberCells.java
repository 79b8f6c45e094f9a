package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;

/** Integers of any width, floating point, years and bits. */
final class NumberCells {

    private static final int YEAR_BASE = 1900;

    private NumberCells() {}

    static Cell integer(int size, boolean unsigned, Column column) {
        int shift = 64 - 8 * size;
        return switch (column.type().kind()) {
            case BOOLEAN -> (bytes, at, row) -> row.writeBoolean(EventBytes.littleEndian(bytes, at, size) != 0);
            case INT32 ->
                unsigned
                        ? (bytes, at, row) -> row.writeInt((int) EventBytes.littleEndian(bytes, at, size))
                        : (bytes, at, row) ->
                                row.writeInt((int) (EventBytes.littleEndian(bytes, at, size) << shift >> shift));
            case UINT64 -> (bytes, at, row) -> writeUnsigned(EventBytes.littleEndian(bytes, at, size), row);
            default ->
                unsigned
                        ? (bytes, at, row) -> row.writeLong(EventBytes.littleEndian(bytes, at, size))
                        : (bytes, at, row) -> row.writeLong(EventBytes.littleEndian(bytes, at, size) << shift >> shift);
        };
    }

    private static void writeUnsigned(long value, RowWriter row) {
        if (value >= 0) {
            row.writeUnscaled(value);
        } else {
            row.writeDecimal(new BigDecimal(Long.toUnsignedString(value)));
        }
    }

    static Cell floating() {
        return (bytes, at, row) -> row.writeFloat(Float.intBitsToFloat((int) EventBytes.littleEndian(bytes, at, 4)));
    }

    static Cell doubled() {
        return (bytes, at, row) -> row.writeDouble(Double.longBitsToDouble(EventBytes.littleEndian(bytes, at, 8)));
    }

    /** 0 stands for the year 0000. */
    static Cell year() {
        return (bytes, at, row) -> {
            int value = bytes[at] & 0xFF;
            row.writeInt(value == 0 ? 0 : YEAR_BASE + value);
        };
    }

    static Cell bits(ImageColumn image, Column column) {
        int size = image.bitBytes();
        return switch (column.type().kind()) {
            case BOOLEAN -> (bytes, at, row) -> row.writeBoolean(EventBytes.bigEndian(bytes, at, size) != 0);
            case BYTES -> (bytes, at, row) -> row.writeBytes(bytes, at, at + size);
            case UINT64 -> (bytes, at, row) -> writeUnsigned(EventBytes.bigEndian(bytes, at, size), row);
            case INT32 -> (bytes, at, row) -> row.writeInt((int) EventBytes.bigEndian(bytes, at, size));
            default -> (bytes, at, row) -> row.writeLong(EventBytes.bigEndian(bytes, at, size));
        };
    }
}
