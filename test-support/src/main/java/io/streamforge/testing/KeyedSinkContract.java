package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sink that puts and deletes rows by key; the records of a key count in their order. */
public interface KeyedSinkContract extends SinkContract {

    @Test
    default void shouldKeepTheLastRowOfAKey() throws ConnectorException {
        SinkBatch batch = Records.of(ORDERS, 0, 0)
                .put(1L, "first", new BigDecimal("1.00"))
                .put(2L, "other", null)
                .put(1L, "second", new BigDecimal("2.00"))
                .put(1L, "third", null)
                .batch();

        assertThat(rowsAfter(batch))
                .containsExactlyInAnyOrder(row(ORDERS, 1L, "third", null), row(ORDERS, 2L, "other", null));
    }

    @Test
    default void shouldReplaceTheRowsOfEarlierBatches() throws ConnectorException {
        SinkBatch first = orders(0, 0, 0, 100);
        SinkBatch second = Records.of(ORDERS, 0, 100)
                .put(5L, "changed", new BigDecimal("9.99"))
                .put(100L, "new", null)
                .batch();

        List<Map<String, @Nullable Object>> expected = expectedOrders(0, 100);
        expected.set(5, row(ORDERS, 5L, "changed", new BigDecimal("9.99")));
        expected.add(row(ORDERS, 100L, "new", null));
        assertThat(rowsAfter(first, second)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void shouldDeleteByKey() throws ConnectorException {
        SinkBatch first = orders(0, 0, 0, 5);
        SinkBatch second =
                Records.of(ORDERS, 0, 5).delete(1L).delete(3L).delete(77L).batch();

        assertThat(rowsAfter(first, second))
                .containsExactlyInAnyOrder(row(ORDERS, order(0)), row(ORDERS, order(2)), row(ORDERS, order(4)));
    }

    @Test
    default void shouldApplyPutsAndDeletesOfAKeyInTheirOrder() throws ConnectorException {
        SinkBatch first = orders(0, 0, 0, 2);
        SinkBatch second = Records.of(ORDERS, 0, 2)
                .delete(0L)
                .put(0L, "back", null)
                .put(1L, "soon gone", null)
                .delete(1L)
                .put(2L, "gone", null)
                .delete(2L)
                .put(2L, "and back", null)
                .batch();

        assertThat(rowsAfter(first, second))
                .containsExactlyInAnyOrder(row(ORDERS, 0L, "back", null), row(ORDERS, 2L, "and back", null));
    }

    private List<Map<String, @Nullable Object>> rowsAfter(SinkBatch... batches) throws ConnectorException {
        Target target = newTarget();
        try (Sink sink = sink(target.keyedOptions());
                SinkWriter writer = sink.open(context(ORDERS, 0))) {
            writer.restore();
            for (SinkBatch batch : batches) {
                assertThat(writer.write(batch).rejected()).isEmpty();
            }
        }
        return target.rows(ORDERS);
    }
}
