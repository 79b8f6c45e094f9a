package io.streamforge.record;

import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows in Avro binary form, column by column in schema order, without an object per value.
 *
 * <p>Each {@code write…} call fills the next column; {@link #endRow} closes the row and {@link #abandonRow} drops what was
 * begun, so that one bad value costs one row. The writer checks that the call fits the column's type: a misuse is an
 * {@link IllegalStateException}, a value the type cannot hold an {@link InvalidValueException}.
 */
public final class RowWriter {

    private final RowSchema schema;
    private final Kind[] kinds;
    private final boolean[] nullable;
    private RowBuffer target;
    private int column;

    public RowWriter(RowSchema schema) {
        this(schema, new RowBuffer());
    }

    RowWriter(RowSchema schema, RowBuffer target) {
        this.schema = schema;
        this.target = target;
        int size = schema.size();
        kinds = new Kind[size];
        nullable = new boolean[size];
        for (int i = 0; i < size; i++) {
            kinds[i] = schema.column(i).type().kind();
            nullable[i] = schema.column(i).nullable();
        }
    }

    public RowSchema schema() {
        return schema;
    }

    /** Starts to write to another buffer; a row that was begun is lost. */
    public RowWriter to(RowBuffer buffer) {
        target = buffer;
        column = 0;
        return this;
    }

    public RowBuffer buffer() {
        return target;
    }

    public void writeNull() {
        if (!nullable[column]) {
            throw new InvalidValueException(schema.column(column), "null", "the column does not allow null");
        }
        byte[] bytes = target.ensure(1);
        int at = target.position();
        bytes[at] = Varint.NULL_BRANCH;
        target.position(at + 1);
        column++;
    }

    public void writeBoolean(boolean value) {
        int at = begin(Kind.BOOLEAN, 1);
        target.array()[at] = (byte) (value ? 1 : 0);
        end(at + 1);
    }

    public void writeInt(int value) {
        int at = begin(Kind.INT32, 5);
        end(Varint.write(value, target.array(), at));
    }

    public void writeLong(long value) {
        int at = begin(Kind.INT64, 10);
        end(Varint.write(value, target.array(), at));
    }

    public void writeFloat(float value) {
        int at = begin(Kind.FLOAT32, 4);
        Varint.writeFixed32(Float.floatToRawIntBits(value), target.array(), at);
        end(at + 4);
    }

    public void writeDouble(double value) {
        int at = begin(Kind.FLOAT64, 8);
        Varint.writeFixed64(Double.doubleToRawLongBits(value), target.array(), at);
        end(at + 8);
    }

    /** Days since 1970-01-01. */
    public void writeDate(int epochDay) {
        int at = begin(Kind.DATE, 5);
        end(Varint.write(epochDay, target.array(), at));
    }

    /** Microseconds since midnight. */
    public void writeTime(long microsOfDay) {
        int at = begin(Kind.TIME, 10);
        end(Varint.write(microsOfDay, target.array(), at));
    }

    /** Units since 1970-01-01T00:00 (UTC for TIMESTAMP_TZ): microseconds up to precision 6, above it nanoseconds. */
    public void writeTimestamp(long units) {
        if (kinds[column] != Kind.TIMESTAMP && kinds[column] != Kind.TIMESTAMP_TZ) {
            throw mismatch("a timestamp");
        }
        int at = branch(10);
        end(Varint.write(units, target.array(), at));
    }

    /** The unscaled value of a DECIMAL at the column's own scale, or of a UINT64; the caller has checked the precision. */
    public void writeUnscaled(long unscaled) {
        if (kinds[column] != Kind.DECIMAL && kinds[column] != Kind.UINT64) {
            throw mismatch("a decimal");
        }
        int at = branch(9);
        int size = Varint.twosComplementSize(unscaled);
        byte[] bytes = target.array();
        bytes[at] = (byte) (size << 1);
        for (int i = size; i > 0; i--) {
            bytes[at + i] = (byte) unscaled;
            unscaled >>= 8;
        }
        end(at + 1 + size);
    }

    /** A decimal at any scale the column can hold exactly. */
    public void writeDecimal(BigDecimal value) {
        if (kinds[column] != Kind.DECIMAL && kinds[column] != Kind.UINT64) {
            throw mismatch("a decimal");
        }
        byte[] unscaled = Values.unscaled(value, schema.column(column)).toByteArray();
        variable(unscaled, 0, unscaled.length);
    }

    /** UTF-8 text of a STRING, UUID, INTERVAL or JSON column; the caller vouches that it is valid for the type. */
    public void writeUtf8(byte[] source, int from, int to) {
        if (!textual(kinds[column])) {
            throw mismatch("text");
        }
        variable(source, from, to);
    }

    /** @throws InvalidValueException when the text has half a surrogate pair */
    public void writeString(String value) {
        byte[] utf8 = Values.utf8(value, schema.column(column));
        writeUtf8(utf8, 0, utf8.length);
    }

    public void writeBytes(byte[] source, int from, int to) {
        if (kinds[column] != Kind.BYTES) {
            throw mismatch("bytes");
        }
        variable(source, from, to);
    }

    /**
     * Writes a boxed value in the Java form of the column's type (see {@link RowCursor#value}); integers of any width, floats
     * for doubles and {@link BigInteger} for decimals are taken where they are exact.
     *
     * @throws InvalidValueException when the value does not fit the column
     */
    public void writeValue(@Nullable Object value) {
        if (value == null) {
            writeNull();
            return;
        }
        Column current = schema.column(column);
        switch (kinds[column]) {
            case BOOLEAN -> writeBoolean(Values.cast(value, Boolean.class, current));
            case INT32 -> writeInt(Values.toInt(value, current));
            case INT64 -> writeLong(Values.toLong(value, current));
            case UINT64, DECIMAL -> writeDecimal(Values.toDecimal(value, current));
            case FLOAT32 -> writeFloat(Values.toFloat(value, current));
            case FLOAT64 -> writeDouble(Values.toDouble(value, current));
            case STRING, INTERVAL, JSON -> writeString(Values.cast(value, String.class, current));
            case UUID ->
                writeString(Values.cast(value, java.util.UUID.class, current).toString());
            case BYTES -> {
                byte[] bytes = Values.cast(value, byte[].class, current);
                writeBytes(bytes, 0, bytes.length);
            }
            case DATE -> writeDate(Values.epochDay(Values.cast(value, LocalDate.class, current), current));
            case TIME -> writeTime(Values.microsOfDay(Values.cast(value, LocalTime.class, current), current));
            case TIMESTAMP -> writeTimestamp(Values.units(Values.cast(value, LocalDateTime.class, current), current));
            case TIMESTAMP_TZ -> writeTimestamp(Values.units(Values.cast(value, Instant.class, current), current));
            case ARRAY, MAP -> writeNested(value, current);
        }
    }

    /** Copies the encoded column (with its union branch) of a row whose column has the same type and nullability. */
    public void copy(byte[] source, int from, int to) {
        byte[] bytes = target.ensure(to - from);
        int at = target.position();
        System.arraycopy(source, from, bytes, at, to - from);
        target.position(at + to - from);
        column++;
    }

    public void endRow() {
        endRow(Op.UPSERT, Long.MIN_VALUE);
    }

    public void endRow(Op op, long timestampMicros) {
        if (column != kinds.length) {
            throw new IllegalStateException("row has " + column + " of " + kinds.length + " columns");
        }
        target.finishRow(op, timestampMicros);
        column = 0;
    }

    public void abandonRow() {
        target.abandonRow();
        column = 0;
    }

    /** Writes the only column without making it a row: an element of an array or a map. */
    void writeElement(@Nullable Object value) {
        column = 0;
        writeValue(value);
    }

    private void writeNested(Object value, Column current) {
        int at = branch(0);
        target.position(at);
        Nested.write(value, current, target);
        column++;
    }

    private void variable(byte[] source, int from, int to) {
        int size = to - from;
        int at = Varint.write(size, target.ensure(size + 6), branchUnchecked());
        System.arraycopy(source, from, target.array(), at, size);
        end(at + size);
    }

    private int begin(Kind kind, int size) {
        if (kinds[column] != kind) {
            throw mismatch("a value of " + kind);
        }
        return branch(size);
    }

    private int branch(int size) {
        target.ensure(size + 1);
        return branchUnchecked();
    }

    private int branchUnchecked() {
        int at = target.position();
        if (nullable[column]) {
            target.array()[at++] = Varint.VALUE_BRANCH;
        }
        return at;
    }

    private void end(int at) {
        target.position(at);
        column++;
    }

    private IllegalStateException mismatch(String what) {
        return new IllegalStateException("column '" + schema.column(column).name() + "' is "
                + schema.column(column).type() + ", not " + what);
    }

    private static boolean textual(Kind kind) {
        return kind == Kind.STRING || kind == Kind.UUID || kind == Kind.INTERVAL || kind == Kind.JSON;
    }

    /** Encodes a single row of boxed values; for tests and for the few rows that do not deserve a batch. */
    public static byte[] encode(RowSchema schema, List<? extends @Nullable Object> values) {
        RowWriter writer = new RowWriter(schema);
        values.forEach(writer::writeValue);
        writer.endRow();
        return java.util.Arrays.copyOf(writer.target.array(), writer.target.byteSize());
    }

    /** As {@link #encode(RowSchema, List)} with the values by column name; what is absent is null. */
    public static byte[] encode(RowSchema schema, Map<String, ? extends @Nullable Object> values) {
        RowWriter writer = new RowWriter(schema);
        schema.columns().forEach(column -> writer.writeValue(values.get(column.name())));
        writer.endRow();
        return java.util.Arrays.copyOf(writer.target.array(), writer.target.byteSize());
    }
}
