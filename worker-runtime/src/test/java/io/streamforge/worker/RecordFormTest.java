package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamforge.record.Op;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordFormTest {

    private static ProducerRecord<byte[], byte[]> record(long micros, Op op) {
        return RecordForm.record("topic", 0, micros, new byte[1], op == Op.DELETE ? null : new byte[1], op, null);
    }

    @Test
    void shouldCarryNoHeaderForAnUpsertWithoutTime() {
        ProducerRecord<byte[], byte[]> record = record(Long.MIN_VALUE, Op.UPSERT);

        assertThat(record.headers()).isEmpty();
        assertThat(record.timestamp()).isNull();
    }

    @Test
    void shouldPutWholeMillisecondsIntoTheRecordAndEverythingElseIntoAHeader() {
        assertThat(record(1_722_500_000_123_000L, Op.UPSERT).timestamp()).isEqualTo(1_722_500_000_123L);
        assertThat(record(1_722_500_000_123_000L, Op.UPSERT).headers()).isEmpty();
        for (long micros : new long[] {1_722_500_000_123_456L, -1_000L}) {
            ProducerRecord<byte[], byte[]> record = record(micros, Op.UPSERT);
            assertThat(record.timestamp()).isNull();
            assertThat(new String(record.headers().lastHeader("ts").value(), StandardCharsets.US_ASCII))
                    .isEqualTo(String.valueOf(micros));
        }
    }

    @Test
    void shouldReadTheOperationsItWrites() {
        for (Op op : Op.values()) {
            ProducerRecord<byte[], byte[]> record = record(Long.MIN_VALUE, op);
            assertThat(RecordForm.op(record.headers(), record.value() == null)).isEqualTo(op);
        }
        assertThat(RecordForm.op(new RecordHeaders(), true)).isEqualTo(Op.DELETE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordForm.op(new RecordHeaders().add("op", new byte[] {'?'}), false));
    }
}
