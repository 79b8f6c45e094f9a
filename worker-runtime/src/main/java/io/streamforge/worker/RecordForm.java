package io.streamforge.worker;

import io.streamforge.record.Framing;
import io.streamforge.record.Op;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What a record of a data topic carries beside key and value: the operation and the source's time, where they differ from the usual. */
final class RecordForm {

    private static final String OP = "op";
    private static final String TIME = "ts";
    private static final String NO_ROW = "x";
    private static final String TABLE = "tbl";
    private static final byte[] SCHEMA_CHANGE = "schema-change".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUNCATE = "truncate".getBytes(StandardCharsets.US_ASCII);
    private static final long MICROS_PER_MILLI = 1000;
    private static final Map<Op, Header> OPS = new EnumMap<>(Op.class);

    static {
        for (Op op : Op.values()) {
            if (op != Op.UPSERT && op != Op.TRUNCATE) {
                OPS.put(op, new RecordHeader(OP, op.code().getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    private RecordForm() {}

    /**
     * @param micros source time since the epoch, {@link Long#MIN_VALUE} when the source has none
     * @param table header that names the row's table, null where the topic has rows of one
     */
    static ProducerRecord<byte[], byte[]> record(
            String topic,
            int partition,
            long micros,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Op op,
            @Nullable Header table) {
        // A record's own time is milliseconds since 1970; what does not fit stands in a header.
        boolean own = micros >= 0 && micros % MICROS_PER_MILLI == 0;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, own ? micros / MICROS_PER_MILLI : null, key, value);
        if (table != null) {
            record.headers().add(table);
        }
        if (op == Op.TRUNCATE) {
            record.headers().add(NO_ROW, TRUNCATE);
        } else if (op != Op.UPSERT) {
            record.headers().add(OPS.get(op));
        }
        if (micros != Long.MIN_VALUE && !own) {
            record.headers().add(TIME, Long.toString(micros).getBytes(StandardCharsets.US_ASCII));
        }
        return record;
    }

    /** When the source says the row came to be, or when it was sent, where the source says nothing that is understood. */
    static long sourceMillis(ConsumerRecord<?, ?> record) {
        try {
            return micros(record.headers(), record.timestamp()) / MICROS_PER_MILLI;
        } catch (NumberFormatException e) {
            return record.timestamp();
        }
    }

    /**
     * The record that says, in each partition, that rows behind it have another schema.
     *
     * @param schemaId of theirs; the value is the framing of a row that has no body
     * @param key framing of their keys, where their table was none of the topic's before
     */
    static ProducerRecord<byte[], byte[]> schemaChange(
            String topic, int partition, int schemaId, @Nullable Header table, byte @Nullable [] key) {
        byte[] framing = Framing.frame(schemaId, new byte[0], 0, 0);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, framing);
        record.headers().add(NO_ROW, SCHEMA_CHANGE);
        if (table != null) {
            record.headers().add(table);
        }
        return record;
    }

    /** True for a record of {@link #schemaChange}. */
    static boolean schemaChange(Headers headers) {
        Header header = headers.lastHeader(NO_ROW);
        return header != null && Arrays.equals(header.value(), SCHEMA_CHANGE);
    }

    /** The header that names the table of a row, where several share a topic. */
    static Header table(String name) {
        return new RecordHeader(TABLE, name.getBytes(StandardCharsets.UTF_8));
    }

    /** The table a record names, null when it names none. */
    static @Nullable String table(Headers headers) {
        Header header = headers.lastHeader(TABLE);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * The source's time of a row in microseconds since the epoch; the record's own where no header says another.
     *
     * @param millis the record's own time
     * @throws NumberFormatException when the header holds none
     */
    static long micros(Headers headers, long millis) {
        Header header = headers.lastHeader(TIME);
        return header == null
                ? millis * MICROS_PER_MILLI
                : Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
    }

    /** True for a record that carries no row, such as a heartbeat. */
    static boolean withoutRow(Headers headers) {
        return headers.lastHeader(NO_ROW) != null && !truncate(headers);
    }

    /** True for a record that says that a table's rows are all gone. */
    static boolean truncate(Headers headers) {
        Header header = headers.lastHeader(NO_ROW);
        return header != null && Arrays.equals(header.value(), TRUNCATE);
    }

    /**
     * The operation a record's headers name.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Op op(Headers headers, boolean tombstone) {
        if (truncate(headers)) {
            return Op.TRUNCATE;
        }
        Header header = headers.lastHeader(OP);
        if (header == null) {
            return tombstone ? Op.DELETE : Op.UPSERT;
        }
        Op op = Op.ofCode(new String(header.value(), StandardCharsets.US_ASCII));
        return tombstone ? Op.DELETE : op;
    }
}
