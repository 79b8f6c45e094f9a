package io.streamforge.worker;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.telemetry.TraceContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker, for its whole life: it finds its start command, runs the task in it, obeys the commands that follow and reports
 * events. It runs in threads of its own, all of them daemons; many workers may live in one process, beside and after one another.
 */
public final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final WorkerSettings settings;
    private final Catalog catalog;
    private final Signals signals = new Signals();
    private final Pulse pulse = new Pulse();
    private final CompletableFuture<WorkerResult> result = new CompletableFuture<>();
    private volatile @Nullable WorkerSession session;
    private boolean started;

    /** @param catalog the connectors and operators a task may name; may be shared by many workers */
    public Worker(WorkerSettings settings, Catalog catalog) {
        this.settings = settings;
        this.catalog = catalog;
    }

    /** Starts; returns at once. */
    public synchronized void start() {
        if (started) {
            throw new IllegalStateException("a worker is started once");
        }
        started = true;
        Thread thread = new Thread(this::run, "worker-" + settings.command());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Asks the worker to commit what it can and to end, as a stop command or SIGTERM does. It ends within the stop deadline,
     * whatever its connector does.
     */
    public void stop() {
        signals.stop();
        wakeUp();
    }

    /** Ends the worker as SIGKILL would: nothing more is committed or said, and a connector that blocks is left behind. */
    public void kill() {
        signals.kill();
        wakeUp();
    }

    /** How the worker ended; complete when all its clients are closed. Never fails, cannot be cancelled. */
    public CompletableFuture<WorkerResult> result() {
        return result.copy();
    }

    Pulse pulse() {
        return pulse;
    }

    /** Empty before the worker has its start command. */
    Optional<WorkerSession> session() {
        return Optional.ofNullable(session);
    }

    private void wakeUp() {
        WorkerSession current = session;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run() {
        WorkerResult ended;
        try (KafkaClients clients = new KafkaClients(settings, "streamforge-worker")) {
            ended = run(clients);
        } catch (InterruptedException e) {
            ended = new WorkerResult(ExitCode.DONE, Optional.empty());
        } catch (RuntimeException | Error e) {
            VertexFailure failure = VertexFailure.of(e);
            log.atError().setCause(failure).log("worker failed");
            ended = new WorkerResult(failure.exitCode(), Optional.of(failure.error()));
        }
        log.atInfo().addKeyValue("exit_code", ended.exitCode()).log("worker ended");
        result.complete(ended);
    }

    private WorkerResult run(KafkaClients clients) throws InterruptedException {
        try (ControlChannel control = new ControlChannel(settings.command(), clients.control())) {
            Optional<Command.Start> start = awaitStart(control);
            if (start.isEmpty()) {
                return new WorkerResult(ExitCode.DONE, Optional.empty());
            }
            WorkerSession current = new WorkerSession(settings, catalog, signals, pulse, clients, control, start.get());
            session = current;
            return current.run();
        }
    }

    /** Empty when the worker was stopped before it had found its command. */
    private Optional<Command.Start> awaitStart(ControlChannel control) {
        long givenUpAt = System.nanoTime() + settings.tuning().brokerAway().toNanos();
        while (!signals.stopping()) {
            pulse.beat();
            Optional<Command.Start> start = control.start(POLL);
            if (start.isPresent()) {
                return start;
            }
            if (System.nanoTime() > givenUpAt) {
                throw VertexFailure.of(new ConnectorException(
                        "KAFKA-UNAVAILABLE",
                        Category.CONNECTION,
                        "the broker did not give the start command in "
                                + settings.tuning().brokerAway(),
                        "check that the broker runs and can be reached"));
            }
        }
        return Optional.empty();
    }

    static ErrorInfo superseded() {
        return new ErrorInfo(
                ConnectorException.SUPERSEDED,
                Category.FATAL,
                "a newer attempt of the vertex has taken over",
                null,
                null);
    }

    static Map<String, String> logContext(Command.Start start) {
        Map<String, String> context = new HashMap<>(
                Map.of("queue_id", start.queueId(), "telemetry_id", start.telemetryId(), "vertex", start.vertex()));
        TraceContext.parse(start.traceparent())
                .filter(TraceContext::sampled)
                .ifPresent(trace -> context.put("trace_id", trace.traceId()));
        return context;
    }
}
