package io.streamforge.dummy.load;

import io.streamforge.dummy.load.LoadReport.Percentiles;
import io.streamforge.dummy.load.LoadReport.State;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An order being carried out, in a thread of its own. */
final class OpenLoop implements AutoCloseable {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
    /** More kinds of failures are counted as one. */
    private static final int KINDS = 20;

    private final LoadOrder order;
    private final Load load;
    private final Thread thread = new Thread(this::run, "load");
    private final Latencies latencies = new Latencies();
    private final Map<String, Long> failures = new ConcurrentHashMap<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong lastDone = new AtomicLong();
    private final long firstDue = System.nanoTime();
    private volatile long latest;
    private volatile boolean stopping;
    private volatile State state = State.RUNNING;

    /** Begins at once; the load is closed when it is done. */
    OpenLoop(LoadOrder order, Load load) {
        this.order = order;
        this.load = load;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (load) {
            for (long number = 0; number < order.pieces() && !stopping; number++) {
                long due = firstDue + (long) (number / order.perSecond() * 1e9);
                awaitDue(due);
                if (!stopping) {
                    begin(number, due);
                }
            }
            awaitAnswers();
        } finally {
            state = stopping ? State.STOPPED : State.DONE;
        }
    }

    private void awaitDue(long due) {
        for (long left = due - System.nanoTime(); left > 0 && !stopping; left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS * 100));
        }
    }

    private void begin(long number, long due) {
        latest = Math.max(latest, System.nanoTime() - due);
        begun.incrementAndGet();
        CompletionStage<?> answer;
        try {
            answer = load.begin(number);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        var unused = answer.whenComplete((ignored, e) -> {
            if (e == null) {
                long now = System.nanoTime();
                latencies.add(now - due);
                lastDone.accumulateAndGet(now - firstDue, Math::max);
                done.incrementAndGet();
            } else {
                fail(e);
            }
        });
    }

    private void fail(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        failures.merge(failures.size() < KINDS || failures.containsKey(message) ? message : "others", 1L, Long::sum);
        failed.incrementAndGet();
    }

    private void awaitAnswers() {
        long end = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (done.get() + failed.get() < begun.get() && System.nanoTime() < end && !stopping) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    LoadReport report() {
        double seconds = lastDone.get() / 1e9;
        return new LoadReport(
                state,
                order.pieces(),
                begun.get(),
                done.get(),
                failed.get(),
                seconds == 0 ? 0 : Math.round(done.get() / seconds * 10) / 10.0,
                new Percentiles(
                        latencies.percentile(0.5),
                        latencies.percentile(0.9),
                        latencies.percentile(0.99),
                        latencies.percentile(0.999),
                        latencies.percentile(1)),
                Math.round(latest / 1_000.0) / 1_000.0,
                new TreeMap<>(failures));
    }

    /** Begins nothing more, and waits for no answer. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
    }
}
