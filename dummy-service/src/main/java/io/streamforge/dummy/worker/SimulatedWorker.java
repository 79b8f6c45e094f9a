package io.streamforge.dummy.worker;

import io.streamforge.dummy.kafka.KafkaAccess;
import io.streamforge.dummy.worker.Behaviour.Fault;
import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task.Role;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One attempt of one vertex; for one thread. */
public final class SimulatedWorker implements AutoCloseable {

    /** Of a worker: the place of its start command. */
    public static final String COMMAND = "STREAMFORGE_COMMAND";

    private static final int DONE = 0;
    private static final int RETRYABLE = 1;
    private static final int SUPERSEDED = 4;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Behaviour behaviour;
    private final CommandFeed commands;
    private final Producer<byte[], byte[]> producer;
    private final long begunAt = System.nanoTime();
    private Command.@Nullable Start start;
    private WorkerStatus status = WorkerStatus.STARTING;
    private Map<Integer, Long> endOffsets = Map.of();
    private long seq = System.currentTimeMillis();
    private long saidAt;
    private @Nullable WorkerStatus said;
    private boolean superseded;
    private volatile boolean ending;
    private volatile boolean killed;
    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    SimulatedWorker(KafkaAccess access, String command, Behaviour behaviour) {
        this.behaviour = behaviour;
        commands = new CommandFeed(access, command);
        producer = access.producer(PATIENCE);
    }

    /**
     * The worker that an environment describes: {@code STREAMFORGE_COMMAND} as for any worker, {@code SIMULATED_WORK}, {@code
     * SIMULATED_FAULT} and {@code SIMULATED_FAULTY_ATTEMPTS}.
     *
     * @throws IllegalArgumentException naming what is missing or wrong
     */
    public static SimulatedWorker of(Map<String, String> environment) {
        KafkaAccess access = KafkaAccess.of(environment)
                .orElseThrow(() -> new IllegalArgumentException("STREAMFORGE_BROKER is not set"));
        return new SimulatedWorker(access, environment.getOrDefault(COMMAND, ""), Behaviour.of(environment));
    }

    /** Runs to the end of the attempt and returns the exit code of its process. */
    public int run() {
        code.complete(attempt());
        return code.join();
    }

    private int attempt() {
        while (!killed) {
            commands.poll(POLL).forEach(this::obey);
            Command.Start own = start;
            if (own == null && ending) {
                return DONE;
            }
            if (own == null) {
                continue;
            }
            if (superseded) {
                return SUPERSEDED;
            }
            Fault fault = behaviour.faultOf(own.attempt());
            if (worked() && fault == Fault.CRASH) {
                return RETRYABLE;
            }
            if (worked() && fault == Fault.ERROR) {
                say(own, WorkerStatus.ERROR);
                return RETRYABLE;
            }
            if (worked() && status == WorkerStatus.LOADING && own.task().role() == Role.SOURCE) {
                status = WorkerStatus.COMPLETED;
            }
            if (ending && fault != Fault.DEAF) {
                status = WorkerStatus.STOPPED;
            }
            if (fault != Fault.SILENT || said == null) {
                tick(own);
            }
            if (status.last() && fault != Fault.SILENT) {
                return DONE;
            }
        }
        return RETRYABLE;
    }

    private boolean worked() {
        Duration work = behaviour.work();
        return work != null && System.nanoTime() - begunAt >= work.toNanos();
    }

    private void obey(Command command) {
        Command.Start own = start;
        if (command instanceof Command.Start first && own == null) {
            start = first;
        } else if (command instanceof Command.Start other) {
            superseded |= own != null && other.attempt() > own.attempt();
        } else if (own != null
                && command.attempt() == own.attempt()
                && behaviour.faultOf(own.attempt()) != Fault.DEAF) {
            status = after(command);
        }
    }

    private WorkerStatus after(Command command) {
        if (command instanceof Command.Drain drain) {
            endOffsets = drain.endOffsets();
            return WorkerStatus.COMPLETED;
        }
        if (command instanceof Command.Stop) {
            return WorkerStatus.STOPPED;
        }
        return command instanceof Command.Pause ? WorkerStatus.PAUSED : WorkerStatus.LOADING;
    }

    /** Says how it stands, when that is new or nothing was said for a while. */
    private void tick(Command.Start own) {
        if (status != said || System.nanoTime() - saidAt > SILENCE.toNanos()) {
            say(own, status);
            if (status == WorkerStatus.STARTING) {
                status = WorkerStatus.LOADING;
            }
        }
    }

    private void say(Command.Start own, WorkerStatus word) {
        ErrorInfo error = word == WorkerStatus.ERROR
                ? new ErrorInfo("SIMULATED", Category.TRANSIENT, "it was told to fail", null, "unset SIMULATED_FAULT")
                : null;
        Event event = new Event(
                own.queueId(),
                own.vertex(),
                own.telemetryId(),
                own.attempt(),
                seq++,
                own.subject(),
                word,
                "Simulated",
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                endOffsets,
                word == WorkerStatus.COMPLETED,
                error,
                null,
                null,
                null,
                Instant.now(),
                own.traceparent());
        var unused = producer.send(new ProducerRecord<>(
                Topics.EVENTS, own.queueId().getBytes(StandardCharsets.UTF_8), Json.MAPPER.writeValueAsBytes(event)));
        producer.flush();
        said = word;
        saidAt = System.nanoTime();
    }

    /**
     * Has it say that it has stopped, as SIGTERM has any worker.
     *
     * @return the exit code of its process; empty when it had ended already, or does not hear
     */
    public OptionalInt end() throws InterruptedException {
        if (code.isDone()) {
            return OptionalInt.empty();
        }
        ending = true;
        try {
            return OptionalInt.of(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return OptionalInt.empty();
        }
    }

    /** Ends it without a word, as if its process had died. */
    void kill() {
        killed = true;
    }

    @Override
    public void close() {
        commands.close();
        producer.close(Duration.ZERO);
    }
}
