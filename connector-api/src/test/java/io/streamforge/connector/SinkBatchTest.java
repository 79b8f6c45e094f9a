package io.streamforge.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Framing;
import io.streamforge.record.Op;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkBatchTest {

    private static final RowSchema WORDS = new RowSchema(
            "words",
            List.of(Column.required("id", DataType.INT64), Column.required("word", DataType.STRING)),
            List.of("id"));

    private final SinkBatch batch = new SinkBatch();
    private final RowCursor row = new RowCursor(WORDS);
    private final RowCursor key = new RowCursor(WORDS.keySchema());

    @Test
    void shouldTellRowsWithAndWithoutKeyAndValueApart() {
        ByteBuffer firstKey = framed(WORDS.keySchema(), 1L);
        ByteBuffer firstRow = framed(WORDS, 1L, "one");

        batch.add(3, 40, firstKey, firstRow, Op.UPSERT, 0);
        batch.add(3, 41, framed(WORDS.keySchema(), 2L), null, Op.DELETE, 0);
        batch.add(3, 42, null, framed(WORDS, 3L, "three"), Op.CREATE, 0);
        batch.add(3, 43, null, null, Op.TRUNCATE, 1);

        assertThat(batch.key(0, key).getLong(0)).isEqualTo(1);
        assertThat(batch.value(0, row).getString(1)).isEqualTo("one");
        assertThat(batch.key(0)).isEqualTo(firstKey);
        assertThat(batch.value(0)).isEqualTo(firstRow);
        assertThat(batch.bytes(0)).isEqualTo(firstKey.remaining() + firstRow.remaining());
        assertThat(batch.key(1, key).getLong(0)).isEqualTo(2);
        assertThat(batch.hasValue(1)).isFalse();
        assertThat(batch.value(1)).isNull();
        assertThat(batch.hasKey(2)).isFalse();
        assertThat(batch.key(2)).isNull();
        assertThat(batch.value(2, row).getString(1)).isEqualTo("three");
        assertThat(batch.hasKey(3)).isFalse();
        assertThat(batch.hasValue(3)).isFalse();
        assertThat(batch.bytes(3)).isZero();
    }

    @Test
    void shouldHoldNothingOfWhatWasInItBeforeItWasCleared() throws ConnectorException {
        // given
        List<List<WriteResult.Rejection>> settled = new ArrayList<>();
        fill(5_000, "old");
        batch.cover(0, 0, 5_000);
        batch.settleWith(settled::add);

        // when
        batch.clear();

        // then
        assertThat(batch.size()).isZero();
        assertThat(batch.bytes()).isZero();
        assertThat(batch.ranges()).isEmpty();
        batch.settle(List.of());
        assertThat(settled).isEmpty();
        fill(10_000, "a longer new one");
        batch.cover(0, 5_000, 15_000);
        assertThat(batch.ranges()).containsOnlyKeys(0).containsEntry(0, new SinkBatch.Range(5_000, 15_000));
        for (int i = 0; i < 10_000; i++) {
            assertThat(batch.value(i, row).getString(1)).isEqualTo("a longer new one " + i);
            assertThat(batch.offset(i)).isEqualTo(i);
        }
    }

    private void fill(int rows, String word) {
        for (int i = 0; i < rows; i++) {
            batch.add(0, i, framed(WORDS.keySchema(), (long) i), framed(WORDS, (long) i, word + " " + i), Op.UPSERT, 0);
        }
    }

    private static ByteBuffer framed(RowSchema schema, Object... values) {
        byte[] encoded = RowWriter.encode(schema, List.of(values));
        return ByteBuffer.wrap(Framing.frame(7, encoded, 0, encoded.length));
    }
}
