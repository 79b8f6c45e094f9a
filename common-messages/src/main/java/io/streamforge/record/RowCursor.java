package io.streamforge.record;

import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an encoded row in place. {@link #wrap} finds where each column lies; nothing is decoded until it is asked for. One
 * cursor serves many rows, one after another, in one thread.
 */
public final class RowCursor {

    /** How a value is skipped: a shape is a number of bytes or one of these. */
    private static final byte VARINT = 0;

    private static final byte SIZED = 2;
    private static final byte NESTED = 3;

    private final RowSchema schema;
    private final DataType[] types;
    private final byte[] shapes;
    private final boolean[] nullable;
    /** Start of each column's encoding, with its union branch; one more entry for the end of the row. */
    private final int[] starts;

    private byte[] bytes = new byte[0];

    public RowCursor(RowSchema schema) {
        this.schema = schema;
        int size = schema.size();
        types = new DataType[size];
        shapes = new byte[size];
        nullable = new boolean[size];
        starts = new int[size + 1];
        for (int i = 0; i < size; i++) {
            types[i] = schema.column(i).type();
            shapes[i] = shape(types[i].kind());
            nullable[i] = schema.column(i).nullable();
        }
    }

    public RowSchema schema() {
        return schema;
    }

    /**
     * Moves to the row in {@code source[from, to)}.
     *
     * @throws IllegalArgumentException when the bytes are not a row of this schema
     */
    public RowCursor wrap(byte[] source, int from, int to) {
        int at = locate(source, from, shapes.length);
        if (at != to) {
            throw new IllegalArgumentException("row of schema '" + schema.name() + "' has " + (to - from)
                    + " bytes, its columns take " + (at - from));
        }
        return this;
    }

    /**
     * Moves to a row of which only the first columns are looked at; that it is one of this schema is not checked.
     *
     * @throws IllegalArgumentException when the array ends before them
     */
    public RowCursor wrapFirst(RowBuffer rows, int row, int columns) {
        locate(rows.array(), rows.start(row), columns);
        return this;
    }

    private int locate(byte[] source, int from, int columns) {
        bytes = source;
        int at = from;
        try {
            for (int i = 0; i < columns; i++) {
                starts[i] = at;
                if (nullable[i] && Varint.isNull(source, at++)) {
                    continue;
                }
                at = skip(i, at);
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("row of schema '" + schema.name() + "' is cut short or damaged", e);
        }
        starts[columns] = at;
        return at;
    }

    public RowCursor wrap(RowBuffer rows, int row) {
        return wrap(rows.array(), rows.start(row), rows.end(row));
    }

    public boolean isNull(int column) {
        return nullable[column] && bytes[starts[column]] == 0;
    }

    public boolean getBoolean(int column) {
        return bytes[valueStart(column)] != 0;
    }

    /** INT32 and DATE (days since the epoch). */
    public int getInt(int column) {
        return (int) Varint.read(bytes, valueStart(column));
    }

    /** INT64, TIME (microseconds) and timestamps (microseconds, or nanoseconds above precision 6). */
    public long getLong(int column) {
        return Varint.read(bytes, valueStart(column));
    }

    public float getFloat(int column) {
        return Float.intBitsToFloat(Varint.readFixed32(bytes, valueStart(column)));
    }

    public double getDouble(int column) {
        return Double.longBitsToDouble(Varint.readFixed64(bytes, valueStart(column)));
    }

    /** The array that holds the row; with {@link #contentStart} and {@link #end} it gives text and bytes without a copy. */
    public byte[] array() {
        return bytes;
    }

    /** Where the column's encoding begins, with its union branch. */
    public int start(int column) {
        return starts[column];
    }

    /** Where the column's encoding ends. */
    public int end(int column) {
        return starts[column + 1];
    }

    /** Where the content of a STRING, BYTES, DECIMAL or other variable-length column begins, after its length. */
    public int contentStart(int column) {
        return Varint.skip(bytes, valueStart(column));
    }

    public String getString(int column) {
        int from = contentStart(column);
        return new String(bytes, from, end(column) - from, StandardCharsets.UTF_8);
    }

    public byte[] getBytes(int column) {
        return java.util.Arrays.copyOfRange(bytes, contentStart(column), end(column));
    }

    /** True when a DECIMAL's unscaled value fits a long; then {@link #getUnscaledLong} is exact. */
    public boolean unscaledFitsLong(int column) {
        return end(column) - contentStart(column) <= Long.BYTES;
    }

    public long getUnscaledLong(int column) {
        int from = contentStart(column);
        int to = end(column);
        if (from == to) {
            return 0;
        }
        long value = bytes[from];
        for (int i = from + 1; i < to; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    public BigDecimal getDecimal(int column) {
        int scale = types[column].scale();
        if (unscaledFitsLong(column)) {
            return BigDecimal.valueOf(getUnscaledLong(column), scale);
        }
        return new BigDecimal(new BigInteger(getBytes(column)), scale);
    }

    /**
     * The value in its Java form, null for null: Boolean, Integer, Long, {@link BigInteger} (UINT64), Float, Double,
     * {@link BigDecimal}, String (STRING, INTERVAL, JSON), {@code byte[]}, {@link java.util.UUID}, {@link LocalDate},
     * {@link LocalTime}, {@link java.time.LocalDateTime} (TIMESTAMP), {@link java.time.Instant} (TIMESTAMP_TZ),
     * {@code List<Object>} and {@code Map<String, Object>} for ARRAY and MAP.
     */
    public @Nullable Object value(int column) {
        if (isNull(column)) {
            return null;
        }
        DataType type = types[column];
        return switch (type.kind()) {
            case BOOLEAN -> getBoolean(column);
            case INT32 -> getInt(column);
            case INT64 -> getLong(column);
            case UINT64 -> getDecimal(column).toBigInteger();
            case FLOAT32 -> getFloat(column);
            case FLOAT64 -> getDouble(column);
            case DECIMAL -> getDecimal(column);
            case STRING, INTERVAL, JSON -> getString(column);
            case BYTES -> getBytes(column);
            case UUID -> java.util.UUID.fromString(getString(column));
            case DATE -> LocalDate.ofEpochDay(getInt(column));
            case TIME -> LocalTime.ofNanoOfDay(getLong(column) * 1000);
            case TIMESTAMP -> Values.localDateTime(getLong(column), type.nanos());
            case TIMESTAMP_TZ -> Values.instant(getLong(column), type.nanos());
            case ARRAY, MAP -> Nested.read(type, bytes, valueStart(column));
        };
    }

    /** All values by column name, in order. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < shapes.length; i++) {
            map.put(schema.column(i).name(), value(i));
        }
        return map;
    }

    private int valueStart(int column) {
        return nullable[column] ? starts[column] + 1 : starts[column];
    }

    private int skip(int column, int at) {
        byte shape = shapes[column];
        return switch (shape) {
            case VARINT -> Varint.skip(bytes, at);
            case SIZED -> Varint.skipSized(bytes, at);
            case NESTED ->
                Nested.skip(types[column].kind(), Objects.requireNonNull(types[column].element()), bytes, at);
            default -> at + shape;
        };
    }

    private static byte shape(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> 1;
            case INT32, INT64, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> VARINT;
            case FLOAT32 -> 4;
            case FLOAT64 -> 8;
            case UINT64, DECIMAL, STRING, BYTES, UUID, INTERVAL, JSON -> SIZED;
            case ARRAY, MAP -> NESTED;
        };
    }
}
