package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A sink that stores its offsets in the transaction of its rows: wherever a writer is abandoned, the target has each row once.
 * The rows are added without a key, so that a row written twice shows.
 */
public interface TransactionalSinkContract extends SinkContract {

    @Test
    default void shouldKnowNothingOfATargetNeverWritten() throws ConnectorException {
        try (Sink sink = sink(newTarget().options());
                SinkWriter writer = sink.open(context(ORDERS, 0, 1))) {
            assertThat(writer.restore()).hasValue(Map.of());
        }
    }

    @Test
    default void shouldGoOnAfterTheLastCommittedBatch() throws ConnectorException {
        // given
        Target target = newTarget();
        try (Sink sink = sink(target.options())) {
            try (SinkWriter abandoned = sink.open(context(ORDERS, 0))) {
                abandoned.restore();
            }
            try (SinkWriter first = sink.open(context(ORDERS, 0))) {
                assertThat(first.restore()).hasValue(Map.of());
                first.write(orders(0, 7, 0, 10));
            }

            // when
            try (SinkWriter second = sink.open(context(ORDERS, 0))) {
                assertThat(second.restore()).hasValue(Map.of(0, new Progress(17, 10, 0)));
                second.write(orders(0, 17, 10, 5));
            }

            // then
            try (SinkWriter third = sink.open(context(ORDERS, 0))) {
                assertThat(third.restore()).hasValue(Map.of(0, new Progress(22, 15, 0)));
            }
        }
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, 15));
    }

    @Test
    default void shouldKeepTheProgressOfEachPartition() throws ConnectorException {
        // given
        Target target = newTarget();
        try (Sink sink = sink(target.options())) {
            SinkBatch both = orders(0, 0, 0, 10);
            both.cover(1, 100, 103);

            // when
            try (SinkWriter writer = sink.open(context(ORDERS, 0, 1, 2))) {
                writer.restore();
                writer.write(both);
                writer.write(orders(0, 10, 10, 1));
            }

            // then
            try (SinkWriter writer = sink.open(context(ORDERS, 0, 1, 2))) {
                assertThat(writer.restore()).hasValue(Map.of(0, new Progress(11, 11, 0), 1, new Progress(103, 0, 0)));
            }
        }
    }

    @Test
    default void shouldRefuseAWriterThatANewerOneHasReplaced() throws ConnectorException {
        // given
        Target target = newTarget();
        try (Sink sink = sink(target.options());
                SinkWriter older = sink.open(context(ORDERS, 0));
                SinkWriter newer = sink.open(context(ORDERS, 0))) {
            older.restore();
            older.write(orders(0, 0, 0, 10));
            newer.restore();

            // when
            ConnectorException refusal =
                    catchThrowableOfType(ConnectorException.class, () -> older.write(orders(0, 10, 10, 10)));
            newer.write(orders(0, 10, 10, 10));

            // then
            assertThat(refusal.error().code()).isEqualTo(ConnectorException.SUPERSEDED);
            assertThat(refusal.error().category()).isEqualTo(Category.FATAL);
            assertThat(catchThrowableOfType(ConnectorException.class, () -> older.write(orders(0, 20, 20, 1)))
                            .error()
                            .code())
                    .isEqualTo(ConnectorException.SUPERSEDED);
        }
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, 20));
    }

    @Test
    default void shouldHoldEachRowOnceWhereverWritersAreAbandoned() throws Exception {
        // given
        Target target = newTarget();
        int total = 60_000;
        int batchSize = 5_000;
        long next = 0;

        // when
        for (int attempt = 0; next < total; attempt++) {
            try (Sink sink = sink(target.options())) {
                SinkWriter writer = sink.open(context(ORDERS, 0));
                Progress progress = writer.restore().orElseThrow().get(0);
                next = progress == null ? 0 : progress.next();
                assertThat(progress == null ? 0 : progress.written()).isEqualTo(next);
                long from = next;
                CompletableFuture<@Nullable Void> work = CompletableFuture.runAsync(() -> {
                    try {
                        for (long at = from; at < total; at += batchSize) {
                            writer.write(orders(0, at, at, batchSize));
                        }
                    } catch (ConnectorException | RuntimeException e) {
                        // the writer was cut off
                    }
                });
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(2_000L + 7_919L * attempt));
                writer.close();
                work.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }

        // then
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, total));
    }
}
