package io.streamforge.queue.reconcile;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares runs on threads of their own, each run once at a time and for a limited time. */
final class Preparations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Preparations.class);

    private final Preparer preparer;
    private final Duration timeout;
    private final BiConsumer<String, Observation> done;
    private final ExecutorService pool;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.named("preparation-timer"));
    private final Map<String, Preparation> running = new ConcurrentHashMap<>();

    Preparations(Preparer preparer, ExecutorService pool, Duration timeout, BiConsumer<String, Observation> done) {
        this.preparer = preparer;
        this.timeout = timeout;
        this.done = done;
        this.pool = pool;
    }

    private static final class Preparation {
        private volatile boolean late;
        private volatile boolean unwanted;
        private volatile Future<?> task = java.util.concurrent.CompletableFuture.completedFuture(null);
    }

    /** Begins, unless this run is being prepared already. */
    void begin(Run run) {
        Preparation preparation = new Preparation();
        if (running.putIfAbsent(run.queueId(), preparation) == null) {
            preparation.task = pool.submit(() -> prepare(run, preparation));
        }
    }

    /** Interrupts the preparation of a run that is not wanted any more. */
    void cancel(String queueId) {
        Preparation preparation = running.get(queueId);
        if (preparation != null) {
            preparation.unwanted = true;
            preparation.task.cancel(true);
        }
    }

    void cancelAll() {
        running.keySet().forEach(this::cancel);
    }

    private void prepare(Run run, Preparation preparation) {
        var alarm = timer.schedule(
                () -> {
                    preparation.late = true;
                    preparation.task.cancel(true);
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        @Nullable Observation seen = null;
        try {
            seen = preparer.prepare(run);
        } catch (PreparationException e) {
            seen = new Observation.PreparationFailed(e.error());
        } catch (InterruptedException e) {
            seen = interrupted(preparation);
        } catch (BrokerException | StoreException e) {
            // No fault of the run's: it is prepared again when they are back.
            seen = interrupted(preparation);
            log.atDebug()
                    .addKeyValue("queue_id", run.queueId())
                    .addKeyValue("reason", e.getMessage())
                    .log("preparation was cut short");
        } catch (RuntimeException e) {
            seen = preparation.late || preparation.unwanted ? interrupted(preparation) : unexpected(run, e);
        } finally {
            alarm.cancel(false);
            running.remove(run.queueId());
            if (seen != null) {
                done.accept(run.queueId(), seen);
            }
        }
    }

    /** Nothing came of it, unless it took too long. */
    private @Nullable Observation interrupted(Preparation preparation) {
        return preparation.late
                ? new Observation.PreparationFailed(new ErrorInfo(
                        "PREPARATION-TIMEOUT",
                        Category.CONNECTION,
                        "source and targets did not answer within " + timeout.toSeconds() + " s",
                        null,
                        "check that the systems of the workflow can be reached from here"))
                : null;
    }

    private static Observation unexpected(Run run, RuntimeException e) {
        log.atError().addKeyValue("queue_id", run.queueId()).setCause(e).log("preparing a run failed");
        return new Observation.PreparationFailed(new ErrorInfo(
                "PREPARATION-FAILED",
                Category.TRANSIENT,
                "the run could not be prepared: " + e.getMessage(),
                null,
                "the log of queue-manager says more"));
    }

    @Override
    public void close() {
        running.values().forEach(preparation -> preparation.unwanted = true);
        pool.shutdownNow();
        timer.shutdownNow();
    }
}
