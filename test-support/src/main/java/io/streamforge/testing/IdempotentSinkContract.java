package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkWriter;
import org.junit.jupiter.api.Test;

/** A sink whose target keeps no offsets: it is read again from earlier offsets, and that changes nothing. */
public interface IdempotentSinkContract extends SinkContract {

    @Test
    default void shouldSayThatTheTargetKeepsNoOffsets() throws ConnectorException {
        try (Sink sink = sink(newTarget().keyedOptions());
                SinkWriter writer = sink.open(context(ORDERS, 0))) {
            assertThat(writer.restore()).isEmpty();
        }
    }

    @Test
    default void shouldLeaveTheSameResultWhenBatchesAreWrittenAgain() throws ConnectorException {
        // given
        Target target = newTarget();
        try (Sink sink = sink(target.keyedOptions())) {
            try (SinkWriter writer = sink.open(context(ORDERS, 0))) {
                writer.restore();
                writer.write(orders(0, 0, 0, 100));
                writer.write(orders(0, 100, 100, 100));
            }

            // when
            try (SinkWriter writer = sink.open(context(ORDERS, 0))) {
                writer.restore();
                writer.write(orders(0, 50, 50, 100));
                writer.write(orders(0, 150, 150, 100));
            }
        }

        // then
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, 250));
    }
}
