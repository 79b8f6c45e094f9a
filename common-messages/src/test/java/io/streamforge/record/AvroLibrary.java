package io.streamforge.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** The reference: rows written and read by Apache Avro alone, from the schema that the registry gives out. */
final class AvroLibrary {

    private final RowSchema rows;
    private final Schema schema;

    AvroLibrary(RowSchema rows) {
        this.rows = rows;
        schema = new Schema.Parser().parse(AvroSchemas.toJson(rows));
    }

    byte[] write(List<@Nullable Object> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return write(values, out, EncoderFactory.get().binaryEncoder(out, null));
    }

    /** With arrays and maps in small blocks that carry their size (negative counts). */
    byte[] writeInBlocks(List<@Nullable Object> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncoderFactory blocks = new EncoderFactory().configureBlockSize(64);
        return write(values, out, blocks.blockingBinaryEncoder(out, null));
    }

    /** The values in their Java form (see {@link RowCursor#value}). */
    List<@Nullable Object> read(byte[] bytes) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            GenericRecord row = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("bytes after the row");
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                values.add(fromAvro(row.get(i), rows.column(i).type()));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] write(List<@Nullable Object> values, ByteArrayOutputStream out, BinaryEncoder encoder) {
        GenericData.Record row = new GenericData.Record(schema);
        for (int i = 0; i < values.size(); i++) {
            row.put(i, toAvro(values.get(i), rows.column(i).type()));
        }
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(row, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static @Nullable Object toAvro(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64, STRING, INTERVAL, JSON -> value;
            case UINT64 -> ByteBuffer.wrap(((BigInteger) value).toByteArray());
            case DECIMAL -> ByteBuffer.wrap(((BigDecimal) value).unscaledValue().toByteArray());
            case BYTES -> ByteBuffer.wrap((byte[]) value);
            case UUID -> value.toString();
            case DATE -> (int) ((LocalDate) value).toEpochDay();
            case TIME -> ((LocalTime) value).toNanoOfDay() / 1000;
            case TIMESTAMP -> Values.units((LocalDateTime) value, Column.required("c", type));
            case TIMESTAMP_TZ -> Values.units((Instant) value, Column.required("c", type));
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                ((List<?>) value).forEach(item -> items.add(toAvro(item, Objects.requireNonNull(type.element()))));
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, item) ->
                                entries.put((String) key, toAvro(item, Objects.requireNonNull(type.element()))));
                yield entries;
            }
        };
    }

    private static @Nullable Object fromAvro(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64 -> value;
            case STRING, INTERVAL, JSON -> value.toString();
            case UINT64 -> new BigInteger(bytes(value));
            case DECIMAL -> new BigDecimal(new BigInteger(bytes(value)), type.scale());
            case BYTES -> bytes(value);
            case UUID -> java.util.UUID.fromString(value.toString());
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case TIME -> LocalTime.ofNanoOfDay((Long) value * 1000);
            case TIMESTAMP -> Values.localDateTime((Long) value, type.nanos());
            case TIMESTAMP_TZ -> Values.instant((Long) value, type.nanos());
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                ((List<?>) value).forEach(item -> items.add(fromAvro(item, Objects.requireNonNull(type.element()))));
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, item) ->
                                entries.put(key.toString(), fromAvro(item, Objects.requireNonNull(type.element()))));
                yield entries;
            }
        };
    }

    private static byte[] bytes(Object buffer) {
        ByteBuffer content = ((ByteBuffer) buffer).duplicate();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
