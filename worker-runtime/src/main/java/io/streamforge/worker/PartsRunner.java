package io.streamforge.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the parts of a vertex side by side, each in a thread of its own, until all are done, one fails or the worker stops. A part
 * is brought through failures: every attempt goes on from what is committed, and nothing else.
 */
final class PartsRunner {

    private static final Logger log = LoggerFactory.getLogger(PartsRunner.class);
    private static final Duration NEWS_OF_SUCCESSOR = Duration.ofSeconds(2);

    private final Signals signals;
    private final Tuning tuning;
    private final Tally tally;
    private final VertexThreads threads;

    PartsRunner(Signals signals, Tuning tuning, Tally tally, VertexThreads threads) {
        this.signals = signals;
        this.tuning = tuning;
        this.tally = tally;
        this.threads = threads;
    }

    /** What one thread does. */
    interface Part {

        /** Names its thread: {@code split-0}. */
        String name();

        /** Goes on from what is committed; true when the part is done, false when the worker is stopping. */
        boolean attempt(Patience patience) throws InterruptedException;
    }

    /**
     * True when every part is done.
     *
     * @throws VertexFailure the first failure; it has ended the other parts after their next commit
     */
    boolean run(List<? extends Part> parts) throws InterruptedException {
        List<CompletableFuture<Boolean>> running =
                parts.stream().map(this::start).toList();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get();
            return running.stream().allMatch(CompletableFuture::join);
        } catch (ExecutionException e) {
            throw signals.failure().orElseGet(() -> VertexFailure.of(e));
        }
    }

    private CompletableFuture<Boolean> start(Part part) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        threads.start(part.name(), () -> {
            try {
                result.complete(bringToItsEnd(part));
            } catch (Throwable e) {
                signals.fail(VertexFailure.of(e));
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private boolean bringToItsEnd(Part part) throws InterruptedException {
        Patience patience = new Patience(signals, tuning, tally);
        while (!signals.stopping()) {
            try {
                return part.attempt(patience);
            } catch (RuntimeException e) {
                VertexFailure failure = VertexFailure.of(e);
                if (failure.fenced() && signals.awaitSuperseded(NEWS_OF_SUCCESSOR)) {
                    log.info("a newer attempt has taken over");
                    return false;
                }
                if (!patience.await(failure)) {
                    return false;
                }
            }
        }
        return false;
    }
}
