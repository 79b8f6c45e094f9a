package io.streamforge.queue.run;

import io.streamforge.queue.run.Observation.CleanupStep;
import io.streamforge.queue.run.Observation.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is to be done next for a run; one thing at a time, because each changes what is to be done after it. */
final class Decisions {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Limits limits;
    private final Settling settling;

    Decisions(Limits limits, Settling settling) {
        this.limits = limits;
        this.settling = settling;
    }

    Optional<Effect> next(Run run, World world) {
        if (run.state().ended()) {
            return cleanUp(run, world);
        }
        if (run.desired().stopped()) {
            return run.vertices().stream()
                    .filter(vertex -> vertex.state().live() && !vertex.signals().stopped())
                    .findFirst()
                    .map(vertex -> new Effect.Send(vertex, Signal.STOP));
        }
        return superfluous(run, world)
                .or(() -> prepare(run, world.now()))
                .or(() -> start(run))
                .or(() -> readEnd(run))
                .or(() -> signal(run))
                .or(() -> lookAtGroup(run, world.now()));
    }

    /** Tasks of earlier attempts, of workers that were given up, and of those that have nothing left to do. */
    private Optional<Effect> superfluous(Run run, World world) {
        if (world.tasks() == null) {
            return Optional.empty();
        }
        return world.tasks().entrySet().stream()
                .filter(task -> !world.told().contains(task.getKey()))
                .filter(task -> run.vertices().stream()
                        .noneMatch(vertex -> needed(run, vertex, task.getKey(), task.getValue(), world.now())))
                .map(task -> (Effect) new Effect.Remove(task.getKey(), Duration.ZERO))
                .findFirst();
    }

    private boolean needed(Run run, Vertex vertex, String task, TaskState state, Instant now) {
        if (!TaskNames.of(run, vertex).equals(task)) {
            return false;
        }
        if (vertex.state() instanceof VertexState.Completed completed) {
            return state instanceof TaskState.Running
                    && now.isBefore(completed.since().plus(limits.linger()));
        }
        return !(vertex.state() instanceof VertexState.Backoff)
                && !vertex.state().ended();
    }

    private static Optional<Effect> prepare(Run run, Instant now) {
        if (run.prepared() || run.desired().paused() || !(run.state() instanceof RunState.Starting starting)) {
            return Optional.empty();
        }
        Instant retryAt = starting.retryAt();
        return retryAt == null || !now.isBefore(retryAt) ? Optional.of(new Effect.Prepare()) : Optional.empty();
    }

    private static Optional<Effect> start(Run run) {
        if (run.desired().paused()) {
            return Optional.empty();
        }
        for (Vertex vertex : run.vertices()) {
            if (vertex.state() instanceof VertexState.Waiting) {
                return Optional.of(new Effect.WriteStart(vertex));
            }
            if (vertex.state() instanceof VertexState.Commanded commanded) {
                return Optional.of(new Effect.Launch(vertex, commanded.command()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Effect> readEnd(Run run) {
        return run.edges().stream()
                .filter(edge -> edge.endOffsets() == null)
                .filter(edge -> edge.from().stream().allMatch(name -> completed(run, name)))
                .findFirst()
                .map(Effect.ReadEnd::new);
    }

    private static boolean completed(Run run, String vertex) {
        return run.vertex(vertex)
                .filter(found -> found.state() instanceof VertexState.Completed)
                .isPresent();
    }

    private static Optional<Effect> lookAtGroup(Run run, Instant now) {
        return run.vertices().stream()
                .filter(vertex -> vertex.shared() && vertex.state().live())
                .filter(vertex -> vertex.report() == null
                        || vertex.report().attempt() < vertex.attempt()
                        || !now.isBefore(vertex.report().seenAt().plus(LOOK)))
                .findFirst()
                .map(Effect.LookAtGroup::new);
    }

    private static Optional<Effect> signal(Run run) {
        for (Vertex vertex : run.vertices()) {
            if (!vertex.state().live()) {
                continue;
            }
            if (run.desired().paused() != vertex.signals().paused()) {
                return Optional.of(new Effect.Send(vertex, run.desired().paused() ? Signal.PAUSE : Signal.RESUME));
            }
            boolean complete = run.input(vertex.name())
                    .filter(edge -> edge.endOffsets() != null)
                    .isPresent();
            if (complete && !vertex.shared() && !vertex.signals().drained()) {
                return Optional.of(new Effect.Send(vertex, Signal.DRAIN));
            }
        }
        return Optional.empty();
    }

    private Optional<Effect> cleanUp(Run run, World world) {
        Cleanup done = run.cleanup();
        Instant end = run.state().since();
        if (!done.workers()) {
            return removeWorkers(run, world);
        }
        if (!done.commands()) {
            return Optional.of(new Effect.CleanUp(CleanupStep.COMMANDS));
        }
        if (!done.topics()) {
            return due(world, end.plus(settling.keepTopics(run, run.state())), CleanupStep.TOPICS);
        }
        return done.deadLetters()
                ? Optional.empty()
                : due(world, end.plus(run.origin().terms().keepRejected()), CleanupStep.DEAD_LETTERS);
    }

    private Optional<Effect> removeWorkers(Run run, World world) {
        if (world.tasks() == null) {
            return Optional.empty();
        }
        if (world.tasks().isEmpty()) {
            return Optional.of(new Effect.CleanUp(CleanupStep.WORKERS));
        }
        boolean linger = run.state() instanceof RunState.Completed
                && world.now().isBefore(run.state().since().plus(limits.linger()));
        return world.tasks().entrySet().stream()
                .filter(task -> !world.told().contains(task.getKey()))
                .filter(task -> !linger || task.getValue() instanceof TaskState.Exited)
                .findFirst()
                .map(task -> new Effect.Remove(task.getKey(), limits.linger()));
    }

    private static Optional<Effect> due(World world, Instant at, CleanupStep step) {
        return world.now().isBefore(at) ? Optional.empty() : Optional.of(new Effect.CleanUp(step));
    }
}
