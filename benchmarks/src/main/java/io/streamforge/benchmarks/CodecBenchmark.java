package io.streamforge.benchmarks;

import io.streamforge.benchmarks.Orders.Order;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writing a row and reading it back to values: the row codec, Avro's own library, Jackson's JSON streams. Time per row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final int ROWS = 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final Order[] orders = Orders.some();
    private final RowBuffer rows = new RowBuffer(1 << 20, ROWS);
    private final RowWriter writer = new RowWriter(Orders.SCHEMA);
    private final RowCursor cursor = new RowCursor(Orders.SCHEMA);

    private final Schema avroSchema = new Schema.Parser().parse(AvroSchemas.toJson(Orders.SCHEMA));
    private final GenericDatumWriter<GenericData.Record> avroWriter = new GenericDatumWriter<>(avroSchema);
    private final GenericDatumReader<GenericData.Record> avroReader = new GenericDatumReader<>(avroSchema);
    private final byte[][] avro = new byte[ROWS][];
    private final byte[][] json = new byte[ROWS][];
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);

    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    public CodecBenchmark() {
        writer.to(rows);
        try {
            for (int i = 0; i < ROWS; i++) {
                writeRow(orders[i]);
                avro[i] = avro(orders[i]);
                json[i] = json(orders[i]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public RowBuffer writeStreamForge() {
        RowBuffer target = new RowBuffer(1 << 18, ROWS);
        writer.to(target);
        for (Order order : orders) {
            writeRow(order);
        }
        return target;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void writeAvroLibrary(Blackhole hole) throws IOException {
        for (Order order : orders) {
            hole.consume(avro(order));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void writeJackson(Blackhole hole) {
        for (Order order : orders) {
            hole.consume(json(order));
        }
    }

    /** Every column as its Java value: text as String, decimals as BigDecimal. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void readStreamForge(Blackhole hole) {
        for (int i = 0; i < ROWS; i++) {
            cursor.wrap(rows, i);
            hole.consume(cursor.getLong(0));
            hole.consume(cursor.getInt(1));
            hole.consume(cursor.isNull(2) ? null : cursor.getString(2));
            hole.consume(cursor.isNull(3) ? null : cursor.getDecimal(3));
            hole.consume(!cursor.isNull(4) && cursor.getDouble(4) > 0);
            hole.consume(!cursor.isNull(5) && cursor.getBoolean(5));
            hole.consume(cursor.isNull(6) ? 0 : cursor.getLong(6));
            hole.consume(cursor.isNull(7) ? null : cursor.getString(7));
            hole.consume(cursor.isNull(8) ? null : cursor.getString(8));
        }
    }

    /** As a sink that boxes every value. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void readStreamForgeBoxed(Blackhole hole) {
        for (int i = 0; i < ROWS; i++) {
            cursor.wrap(rows, i);
            for (int column = 0; column < 9; column++) {
                hole.consume(cursor.value(column));
            }
        }
    }

    /** Finding the columns without decoding any: what an untouched row costs. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void wrapStreamForge(Blackhole hole) {
        for (int i = 0; i < ROWS; i++) {
            hole.consume(cursor.wrap(rows, i).start(8));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void readAvroLibrary(Blackhole hole) throws IOException {
        GenericData.@Nullable Record reuse = null;
        for (byte[] row : avro) {
            decoder = DecoderFactory.get().binaryDecoder(row, decoder);
            reuse = avroReader.read(reuse, decoder);
            for (int column = 0; column < 9; column++) {
                Object value = reuse.get(column);
                hole.consume(value instanceof CharSequence ? value.toString() : value);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void readJackson(Blackhole hole) {
        for (byte[] row : json) {
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), row)) {
                JsonToken token;
                while ((token = parser.nextToken()) != null) {
                    switch (token) {
                        case VALUE_STRING -> hole.consume(parser.getString());
                        case VALUE_NUMBER_INT -> hole.consume(parser.getLongValue());
                        case VALUE_NUMBER_FLOAT -> hole.consume(parser.getDoubleValue());
                        default -> hole.consume(token);
                    }
                }
            }
        }
    }

    private void writeRow(Order order) {
        writer.writeLong(order.id());
        writer.writeInt(order.customerId());
        writer.writeUtf8(order.statusUtf8(), 0, order.statusUtf8().length);
        writer.writeUnscaled(order.totalCents());
        writer.writeDouble(order.weight());
        writer.writeBoolean(order.paid());
        writer.writeTimestamp(order.createdAtMicros());
        writer.writeUtf8(order.emailUtf8(), 0, order.emailUtf8().length);
        writer.writeUtf8(order.noteUtf8(), 0, order.noteUtf8().length);
        writer.endRow();
    }

    private byte[] avro(Order order) throws IOException {
        GenericData.Record row = new GenericData.Record(avroSchema);
        row.put(0, order.id());
        row.put(1, order.customerId());
        row.put(2, order.status());
        row.put(
                3,
                ByteBuffer.wrap(java.math.BigInteger.valueOf(order.totalCents()).toByteArray()));
        row.put(4, order.weight());
        row.put(5, order.paid());
        row.put(6, order.createdAtMicros());
        row.put(7, order.email());
        row.put(8, order.note());
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        avroWriter.write(row, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private byte[] json(Order order) {
        out.reset();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeStartObject();
            generator.writeNumberProperty("id", order.id());
            generator.writeNumberProperty("customer_id", order.customerId());
            generator.writeStringProperty("status", order.status());
            generator.writeStringProperty(
                    "total", BigDecimal.valueOf(order.totalCents(), 2).toPlainString());
            generator.writeNumberProperty("weight", order.weight());
            generator.writeBooleanProperty("paid", order.paid());
            generator.writeNumberProperty("created_at", order.createdAtMicros());
            generator.writeStringProperty("email", order.email());
            generator.writeStringProperty("note", order.note());
            generator.writeEndObject();
        }
        return out.toByteArray();
    }
}
