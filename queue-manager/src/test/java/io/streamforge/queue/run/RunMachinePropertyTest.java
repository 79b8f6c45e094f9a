package io.streamforge.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.run.HistoryEntry.Kind;
import io.streamforge.queue.run.Observation.CleanupStep;
import io.streamforge.queue.run.Observation.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, in whatever order: only legal moves, a gapless history, and everything twice is the same as once. */
class RunMachinePropertyTest {

    private static final int STEPS = 400;

    private final RunMachine machine = new RunMachine(Limits.DEFAULT);
    private final List<HistoryEntry> history = new ArrayList<>();
    private Instant now = Runs.NOW;
    private Run run = Runs.pending();
    private long seq;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void shouldMakeOnlyLegalMovesWhateverHappens(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            now = now.plusMillis(random.nextInt(3_000));
            Run before = run;

            happen(random);

            assertThat(run.version()).isBetween(before.version(), before.version() + 2);
            assertThat(run.historySize()).isEqualTo(history.size());
        }
        assertThatHistoryIsLegal();
    }

    private void happen(Random random) {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                var event = randomEvent(random);
                take(machine.on(run, event, now));
                assertThat(machine.on(run, event, now).changes(run))
                        .as("the same event again")
                        .isFalse();
            }
            case 2 -> take(machine.on(run, randomObservation(random), now));
            case 3 -> {
                World world = randomWorld(random);
                take(machine.tick(run, world));
                machine.next(run, world).ifPresent(effect -> obey(effect, random));
            }
            case 4 -> {
                World world = new World(now, currentTasks(), java.util.Set.of(), Runs.NOW);
                take(machine.tick(run, world));
                machine.next(run, world).ifPresent(effect -> obey(effect, random));
            }
            default -> {
                try {
                    take(machine.on(run, UserCommand.values()[random.nextInt(4)], "user", now));
                } catch (IllegalMoveException e) {
                    assertThat(e).hasMessageContaining(run.queueId());
                }
            }
        }
    }

    private io.streamforge.messages.Event randomEvent(Random random) {
        WorkerStatus status = WorkerStatus.values()[random.nextInt(WorkerStatus.values().length)];
        Vertex vertex = run.vertices().isEmpty()
                ? null
                : run.vertices().get(random.nextInt(run.vertices().size()));
        int attempt = vertex == null || random.nextInt(5) == 0 ? 1 : vertex.attempt();
        return Runs.event(
                Runs.QUEUE_ID,
                vertex == null ? "source" : vertex.name(),
                attempt,
                random.nextInt(5) == 0 ? random.nextInt(20) : ++seq,
                status,
                random.nextInt(1000),
                status == WorkerStatus.ERROR ? randomError(random) : null);
    }

    private static ErrorInfo randomError(Random random) {
        return new ErrorInfo("CODE", Category.values()[random.nextInt(4)], "it failed", null, null);
    }

    private Observation randomObservation(Random random) {
        String vertex = random.nextBoolean() ? "source" : "sink";
        int attempt = 1 + random.nextInt(2);
        return switch (random.nextInt(9)) {
            case 0 -> new Observation.Admitted();
            case 1 -> new Observation.Signalled(vertex, attempt, Signal.values()[random.nextInt(4)]);
            case 2 -> Runs.prepared(Runs.QUEUE_ID);
            case 3 -> new Observation.PreparationFailed(randomError(random));
            case 4 -> new Observation.StartWritten(vertex, attempt, "queue-control/0/1");
            case 5 -> new Observation.Launched(vertex, attempt);
            case 6 -> new Observation.LaunchFailed(vertex, attempt, randomError(random));
            case 7 -> new Observation.EndRead("data", Map.of(0, 10L));
            default -> new Observation.Removed(CleanupStep.values()[random.nextInt(4)]);
        };
    }

    private World randomWorld(Random random) {
        Map<String, TaskState> tasks = new HashMap<>();
        for (Vertex vertex : run.vertices()) {
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 ->
                    tasks.put(
                            TaskNames.of(run, vertex),
                            new TaskState.Exited(random.nextBoolean() ? 137 : 0, "ended", now));
                default -> tasks.put(TaskNames.of(run, vertex), new TaskState.Running(now));
            }
        }
        @Nullable Map<String, TaskState> listed = random.nextInt(4) == 0 ? null : tasks;
        return new World(now, listed, java.util.Set.of(), random.nextInt(4) == 0 ? null : Runs.NOW);
    }

    private Map<String, TaskState> currentTasks() {
        Map<String, TaskState> tasks = new HashMap<>();
        run.vertices().stream()
                .filter(vertex -> vertex.state().live() && !run.state().ended())
                .forEach(vertex -> tasks.put(TaskNames.of(run, vertex), new TaskState.Running(now)));
        return tasks;
    }

    private void obey(Effect effect, Random random) {
        Optional<Observation> observation;
        if (effect instanceof Effect.Prepare) {
            observation = Optional.of(Runs.prepared(Runs.QUEUE_ID));
        } else if (effect instanceof Effect.WriteStart start) {
            Vertex vertex = start.vertex();
            observation =
                    Optional.of(new Observation.StartWritten(vertex.name(), vertex.attempt(), "queue-control/0/7"));
        } else if (effect instanceof Effect.Launch launch) {
            Vertex vertex = launch.vertex();
            observation = Optional.of(
                    random.nextInt(10) == 0
                            ? new Observation.LaunchFailed(vertex.name(), vertex.attempt(), randomError(random))
                            : new Observation.Launched(vertex.name(), vertex.attempt()));
        } else if (effect instanceof Effect.Send send) {
            Signal signal = send.signal();
            observation = Optional.of(new Observation.Signalled(
                    send.vertex().name(), send.vertex().attempt(), signal));
        } else if (effect instanceof Effect.ReadEnd end) {
            observation = Optional.of(new Observation.EndRead(end.edge().name(), Map.of(0, 10L)));
        } else if (effect instanceof Effect.CleanUp cleanUp) {
            observation = Optional.of(new Observation.Removed(cleanUp.step()));
        } else {
            observation = Optional.empty();
        }
        observation.ifPresent(seen -> take(machine.on(run, seen, now)));
    }

    private void take(Change change) {
        run = change.run();
        history.addAll(change.history());
    }

    private void assertThatHistoryIsLegal() {
        String state = "pending";
        for (int i = 0; i < history.size(); i++) {
            HistoryEntry entry = history.get(i);
            assertThat(entry.number()).isEqualTo(i + 1);
            if (entry.kind() == Kind.RUN) {
                assertThat(entry.from()).isEqualTo(state);
                assertThat(legal(state)).contains(entry.to());
                state = entry.to();
            }
        }
        assertThat(run.state().label()).isEqualTo(state);
    }

    private static java.util.Set<String> legal(@Nullable String state) {
        return switch (String.valueOf(state)) {
            case "pending" -> java.util.Set.of("scheduled", "failed", "stopped");
            case "scheduled" -> java.util.Set.of("starting", "failed", "stopped");
            case "starting" -> java.util.Set.of("running", "failed", "stopped");
            case "running" -> java.util.Set.of("paused", "draining", "failed", "stopped");
            case "paused" -> java.util.Set.of("running", "failed", "stopped");
            case "draining" -> java.util.Set.of("paused", "completed", "failed", "stopped");
            case "failed" -> java.util.Set.of("starting");
            default -> java.util.Set.of();
        };
    }
}
