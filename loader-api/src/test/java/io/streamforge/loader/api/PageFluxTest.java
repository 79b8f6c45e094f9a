package io.streamforge.loader.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

class PageFluxTest {

    private static final RecordBatch BATCH = new RecordBatch(
            new RowSchema("t", List.of(Column.required("a", DataType.INT32)), List.of()),
            new RowBuffer(),
            Position.of("n", 1));

    @Test
    void shouldReadAPageForEachThatIsAskedFor() {
        AtomicInteger reads = new AtomicInteger();

        List<RecordBatch> two = PageFlux.of(() -> () -> {
                    reads.incrementAndGet();
                    return Optional.of(BATCH);
                })
                .take(2, true)
                .collectList()
                .block();

        assertThat(two).hasSize(2);
        assertThat(reads).hasValue(2);
    }

    @Test
    void shouldInterruptAReadThatBlocksWhenCancelled() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
        Flux<RecordBatch> flux = PageFlux.of(() -> () -> {
            reading.countDown();
            new CountDownLatch(1).await();
            return Optional.of(BATCH);
        });
        Consumer consumer = new Consumer();
        Thread thread = new Thread(() -> {
            flux.subscribe(consumer);
            interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        reading.await();

        consumer.cancel();

        assertThat(interruptedAfterwards.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(consumer.failure).isNull();
    }

    @Test
    void shouldNotInterruptWhatHandlesABatchWhenCancelled() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Consumer consumer = new Consumer() {
            @Override
            protected void hookOnNext(RecordBatch batch) {
                handling.countDown();
                try {
                    goOn.await();
                    interrupted.complete(false);
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                }
            }
        };
        Thread thread =
                new Thread(() -> PageFlux.of(() -> () -> Optional.of(BATCH)).subscribe(consumer));
        thread.start();
        handling.await();

        consumer.cancel();
        goOn.countDown();

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
        await().until(() -> !thread.isAlive());
    }

    @Test
    void shouldPassFailuresOnAsTheyAre() {
        ConnectorException failure = new ConnectorException("X", Category.FATAL, "broken", null);
        Consumer consumer = new Consumer();

        PageFlux.of(() -> () -> {
                    throw failure;
                })
                .subscribe(consumer);

        assertThat(consumer.failure).isSameAs(failure);
    }

    @Test
    void shouldStayInterruptedWhenSomebodyElseInterrupts() {
        Consumer consumer = new Consumer();

        PageFlux.of(() -> () -> {
                    throw new InterruptedException();
                })
                .subscribe(consumer);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(consumer.failure).isInstanceOf(ConnectorException.class);
    }

    private static class Consumer extends BaseSubscriber<RecordBatch> {

        private volatile Throwable failure;

        @Override
        protected void hookOnError(Throwable thrown) {
            failure = thrown;
        }

        @Override
        protected void hookFinally(SignalType type) {
            // Nothing to free.
        }
    }
}
