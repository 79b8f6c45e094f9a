package io.streamforge.standalone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that is interrupted (Ctrl-C, SIGTERM) put everything in order before the JVM ends. To be opened first and closed
 * last: the JVM's shutdown waits until then.
 */
final class Interruption implements AutoCloseable {

    private static final Duration CLEAN_UP = Duration.ofSeconds(60);

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch clean = new CountDownLatch(1);

    Interruption() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "interruption"));
    }

    /** Waits for an interruption, at most so long; true when there was one. */
    boolean await(Duration time) {
        try {
            return interrupted.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for an interruption. */
    void await() throws InterruptedException {
        interrupted.await();
    }

    @Override
    public void close() {
        clean.countDown();
    }

    private void interrupt() {
        interrupted.countDown();
        try {
            boolean unused = clean.await(CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
