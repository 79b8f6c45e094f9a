package io.streamforge.queue.api;

import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls to systems outside, so many at a time and so long at most; a call that takes longer is interrupted. */
final class BoundedCalls implements AutoCloseable {

    private final ExecutorService pool;
    private final Duration timeout;

    BoundedCalls(ExecutorService pool, Duration timeout) {
        this.pool = pool;
        this.timeout = timeout;
    }

    <T> T call(Callable<T> action) {
        Future<T> result = submit(action);
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new RefusedException(
                    Reason.UNAVAILABLE, "NO-ANSWER", "the systems did not answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("unexpected failure", e.getCause());
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new RefusedException(Reason.UNAVAILABLE, "INTERRUPTED", "the request was interrupted");
        }
    }

    private <T> Future<T> submit(Callable<T> action) {
        try {
            return pool.submit(action);
        } catch (RejectedExecutionException e) {
            throw new RefusedException(
                    Reason.UNAVAILABLE, "BUSY", "too many systems are being asked at the moment; try again later");
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
