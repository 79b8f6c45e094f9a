package io.streamforge.worker;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.StagePlan;
import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Task;
import io.streamforge.messages.WorkerStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A worker from its start command on: the vertex runs in its own threads, this one listens, reports and watches the clock. */
final class WorkerSession {

    private static final Logger log = LoggerFactory.getLogger(WorkerSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration EVENT_PATIENCE = Duration.ofMillis(500);

    private final Tuning tuning;
    private final Signals signals;
    private final Pulse pulse;
    private final KafkaClients clients;
    private final ControlChannel control;
    private final Command.Start start;
    private final VertexThreads threads;
    private final TaskParts parts;
    private final Tally tally = new Tally();
    private final WorkerTrace trace;
    private volatile @Nullable Vertex vertex;
    private long stoppingSince;
    private boolean interrupted;

    WorkerSession(
            WorkerSettings settings,
            Catalog catalog,
            Signals signals,
            Pulse pulse,
            KafkaClients clients,
            ControlChannel control,
            Command.Start start) {
        this.tuning = settings.tuning();
        this.signals = signals;
        this.pulse = pulse;
        this.clients = clients;
        this.control = control;
        String instance = settings.instance();
        this.start = instance == null ? start : start.withTelemetryId(start.telemetryId() + "-" + instance);
        threads = new VertexThreads(this.start.telemetryId(), Worker.logContext(this.start));
        trace = new WorkerTrace(this.start, settings.traces());
        parts = new TaskParts(start.task(), catalog, settings.resolver());
    }

    private Vertex vertex() {
        Task task = start.task();
        DeadLetterTopic letters = new DeadLetterTopic(task.deadTopic(), start.queueId(), start.vertex(), clients);
        RejectionPolicy policy = new RejectionPolicy(task.errors());
        if (task.role() == Task.Role.SINK) {
            SinkBoard board = new SinkBoard(tally);
            return new SinkVertex(
                    new SinkVertexContext(start, tuning, clients, signals, board, policy, letters), parts, threads);
        }
        Task.Output output = TaskParts.require(task.output(), "output");
        LagGuard lagGuard = new LagGuard(output, clients);
        RecordLimit recordLimit = new RecordLimit(clients, output.topic());
        if (task.role() == Task.Role.STAGE) {
            StagePlan plan = parts.stage(TaskParts.schemas(TaskParts.require(task.input(), "input")));
            StageVertexContext context = new StageVertexContext(
                    start,
                    tuning,
                    clients,
                    signals,
                    new StageBoard(tally),
                    policy,
                    letters,
                    lagGuard,
                    recordLimit,
                    plan);
            return new StageVertex(context, parts, threads);
        }
        SourceVertexContext context = new SourceVertexContext(
                start, tuning, clients, signals, new SourceBoard(tally), policy, letters, lagGuard, recordLimit);
        return new SourceVertex(context, parts, threads);
    }

    Command.Start start() {
        return start;
    }

    Tally tally() {
        return tally;
    }

    Map<String, Long> measures() {
        Vertex current = vertex;
        return current == null ? Map.of() : current.measures();
    }

    Snapshot snapshot() {
        Vertex current = vertex;
        return current == null ? Snapshot.NOTHING : current.snapshot();
    }

    void wakeup() {
        control.wakeup();
    }

    /** Runs until the vertex has ended or its time to end is over, and says the last word. */
    WorkerResult run() throws InterruptedException {
        WorkerResult result = work();
        trace.ended(result);
        return result;
    }

    private WorkerResult work() throws InterruptedException {
        MDC.setContextMap(Worker.logContext(start));
        Producer<byte[], byte[]> producer = clients.messages(EVENT_PATIENCE);
        EventReporter events = new EventReporter(start, producer, tuning, trace.traceparent());
        try {
            events.tick(WorkerStatus.STARTING, Snapshot.NOTHING);
            Vertex current = vertex();
            vertex = current;
            CompletableFuture<Vertex.Outcome> ending = start(current);
            while (!ending.isDone() && !overdue()) {
                control.poll(POLL).forEach(this::obey);
                events.tick(status(current), snapshot());
                if (events.unheard() && !signals.stopping()) {
                    signals.fail(
                            VertexFailure.of(new TimeoutException("no answer for longer than " + tuning.brokerAway())));
                }
                pulse.beat();
                pulse.ready(current.ready());
            }
            return end(ending, events);
        } catch (VertexFailure e) {
            return failed(e, events);
        } finally {
            clients.close(producer, signals.killed() ? Duration.ZERO : EVENT_PATIENCE.multipliedBy(4));
            MDC.clear();
        }
    }

    private CompletableFuture<Vertex.Outcome> start(Vertex current) {
        CompletableFuture<Vertex.Outcome> ending = new CompletableFuture<>();
        threads.start("vertex", () -> {
            try {
                ending.complete(current.run());
            } catch (Throwable e) {
                ending.completeExceptionally(e);
            } finally {
                control.wakeup();
            }
        });
        return ending;
    }

    private WorkerStatus status(Vertex current) {
        if (signals.paused()) {
            return WorkerStatus.PAUSED;
        }
        if (!current.ready()) {
            return WorkerStatus.STARTING;
        }
        return signals.endOffsets().isPresent() ? WorkerStatus.DRAINING : WorkerStatus.LOADING;
    }

    private void obey(ControlChannel.Message message) {
        Command command = message.command().orElse(null);
        if (command == null) {
            log.info("the run has ended and its commands are gone");
            signals.stop();
        } else if (command instanceof Command.Start newer && newer.attempt() > start.attempt()) {
            signals.supersede();
        } else if (command.attempt() <= start.attempt()) {
            obey(command);
        }
    }

    private void obey(Command command) {
        log.atInfo().addKeyValue("command_id", command.commandId()).log("command received");
        if (command instanceof Command.Stop) {
            signals.stop();
        } else if (command instanceof Command.Pause) {
            signals.pause();
        } else if (command instanceof Command.Resume) {
            signals.resume();
        } else if (command instanceof Command.Drain drain) {
            signals.drain(drain.endOffsets());
        }
    }

    /** A vertex that stops is interrupted after half of its time and left behind after all of it. */
    private boolean overdue() {
        if (!signals.stopping()) {
            return false;
        }
        if (signals.killed()) {
            return true;
        }
        long now = System.nanoTime();
        if (stoppingSince == 0) {
            stoppingSince = now;
        }
        if (!interrupted && now - stoppingSince > tuning.stopDeadline().toNanos() / 2) {
            interrupted = true;
            log.warn("the vertex has not stopped in half of its time; it is interrupted");
            threads.interruptAll();
        }
        return now - stoppingSince > tuning.stopDeadline().toNanos();
    }

    private WorkerResult end(CompletableFuture<Vertex.Outcome> ending, EventReporter events)
            throws InterruptedException {
        if (signals.killed()) {
            abandon();
            return new WorkerResult(ExitCode.DONE, Optional.empty());
        }
        if (!ending.isDone()) {
            log.error("the vertex has not stopped in time; it is left behind");
            WorkerResult result = signals.failure()
                    .map(failure -> failed(failure, events))
                    .orElseGet(() -> {
                        events.last(WorkerStatus.STOPPED, snapshot(), null, EVENT_PATIENCE);
                        return new WorkerResult(ExitCode.DONE, Optional.empty());
                    });
            abandon();
            return result;
        }
        threads.await(EVENT_PATIENCE);
        try {
            return ended(ending.join(), events);
        } catch (CompletionException e) {
            // What a vertex says after it was interrupted is no news.
            boolean stopped = interrupted && signals.failure().isEmpty();
            return stopped ? ended(Vertex.Outcome.STOPPED, events) : failed(VertexFailure.of(e), events);
        }
    }

    private void abandon() throws InterruptedException {
        signals.kill();
        threads.interruptAll();
        Vertex stuck = vertex;
        if (stuck != null) {
            // In a thread of its own: closing may block where the vertex blocks.
            threads.start("abandon", stuck::abandon);
        }
        clients.close();
        threads.await(EVENT_PATIENCE);
    }

    private WorkerResult ended(Vertex.Outcome outcome, EventReporter events) {
        if (outcome == Vertex.Outcome.STOPPED && signals.failure().isPresent()) {
            return failed(signals.failure().get(), events);
        }
        Snapshot done = snapshot();
        return switch (outcome) {
            case COMPLETED -> {
                events.last(WorkerStatus.COMPLETED, done, null, tuning.stopDeadline());
                yield new WorkerResult(ExitCode.DONE, Optional.empty());
            }
            case STOPPED -> {
                events.last(WorkerStatus.STOPPED, done, null, EVENT_PATIENCE);
                yield new WorkerResult(ExitCode.DONE, Optional.empty());
            }
            case SUPERSEDED -> {
                ErrorInfo error = Worker.superseded();
                events.last(WorkerStatus.STOPPED, done, error, EVENT_PATIENCE);
                yield new WorkerResult(ExitCode.SUPERSEDED, Optional.of(error));
            }
        };
    }

    private WorkerResult failed(VertexFailure failure, EventReporter events) {
        log.atError()
                .addKeyValue("code", failure.error().code())
                .addKeyValue("reason", failure.error().message())
                .setCause(failure.origin() == VertexFailure.Origin.CONNECTOR ? null : failure)
                .log("vertex failed");
        events.last(WorkerStatus.ERROR, snapshot(), failure.error(), tuning.stopDeadline());
        return new WorkerResult(failure.exitCode(), Optional.of(failure.error()));
    }
}
