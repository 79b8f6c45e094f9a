package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.queue.run.Observation.CleanupStep;
import io.streamforge.queue.run.Observation.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes in what came of effects. What does not fit the run any more is ignored. */
final class ObservationMoves {

    private final Failures failures;

    ObservationMoves(Failures failures) {
        this.failures = failures;
    }

    void apply(RunEditor run, Observation observation) {
        if (observation instanceof Observation.Removed removed) {
            removed(run, removed.step());
        } else if (!run.state().ended()) {
            goingOn(run, observation);
        }
    }

    private void goingOn(RunEditor run, Observation observation) {
        if (observation instanceof Observation.Admitted) {
            admitted(run);
        } else if (observation instanceof Observation.Prepared prepared) {
            prepared(run, prepared);
        } else if (observation instanceof Observation.PreparationFailed failed) {
            preparationFailed(run, failed.error());
        } else if (observation instanceof Observation.StartWritten started) {
            on(run, started.vertex(), started.attempt(), vertex -> startWritten(run, vertex, started.command()));
        } else if (observation instanceof Observation.Launched launched) {
            on(run, launched.vertex(), launched.attempt(), vertex -> launched(run, vertex));
        } else if (observation instanceof Observation.LaunchFailed failed) {
            on(run, failed.vertex(), failed.attempt(), vertex -> failures.failed(run, vertex, failed.error()));
        } else if (observation instanceof Observation.Signalled sent) {
            on(run, sent.vertex(), sent.attempt(), vertex -> signalled(run, vertex, sent.signal()));
        } else if (observation instanceof Observation.Consumed consumed) {
            on(run, consumed.vertex(), consumed.attempt(), vertex -> SharedMoves.consumed(run, vertex, consumed));
        } else if (observation instanceof Observation.EndRead end) {
            run.edges().stream()
                    .filter(edge -> edge.name().equals(end.edge()))
                    .findFirst()
                    .ifPresent(edge -> run.put(edge.withEndOffsets(end.endOffsets())));
        }
    }

    private static void on(RunEditor run, String vertex, int attempt, Consumer<Vertex> action) {
        run.vertex(vertex, attempt).filter(found -> !found.state().ended()).ifPresent(action);
    }

    private static void admitted(RunEditor run) {
        if (run.state() instanceof RunState.Pending && run.desired().running()) {
            run.move(new RunState.Scheduled(run.now()), "admitted", Settling.SELF);
        }
    }

    private static void prepared(RunEditor run, Observation.Prepared prepared) {
        if (run.state() instanceof RunState.Starting starting && run.vertices().isEmpty()) {
            run.prepared(prepared.vertices(), prepared.edges())
                    .refine(new RunState.Starting(starting.since(), Restarts.NONE, null))
                    .error(null);
        }
    }

    private static void preparationFailed(RunEditor run, ErrorInfo error) {
        if (!(run.state() instanceof RunState.Starting starting)
                || !run.vertices().isEmpty()) {
            return;
        }
        Restarts failed = starting.failures().failed(run.now());
        run.error(error);
        var delay = error.category().retryable()
                ? run.before().origin().terms().restart().delay(failed, run.now())
                : Optional.<Duration>empty();
        delay.ifPresentOrElse(
                wait -> run.refine(new RunState.Starting(
                        starting.since(), failed, run.now().plus(wait))),
                () -> run.move(new RunState.Failed(run.now(), error), error.message(), Settling.SELF));
    }

    private static void startWritten(RunEditor run, Vertex vertex, String command) {
        if (vertex.state() instanceof VertexState.Waiting) {
            run.move(vertex, new VertexState.Commanded(command), "start written to " + command, Settling.SELF);
        }
    }

    private static void launched(RunEditor run, Vertex vertex) {
        if (vertex.state() instanceof VertexState.Commanded commanded) {
            run.move(
                    vertex,
                    new VertexState.Launched(commanded.command(), run.now()),
                    "attempt " + vertex.attempt(),
                    Settling.SELF);
        }
    }

    private static void signalled(RunEditor run, Vertex vertex, Signal signal) {
        Signals sent = vertex.signals();
        run.put(vertex.with(
                switch (signal) {
                    case PAUSE -> sent.withPaused(true);
                    case RESUME -> sent.withPaused(false);
                    case DRAIN -> sent.withDrained();
                    case STOP -> sent.withStopped();
                }));
    }

    private static void removed(RunEditor run, CleanupStep step) {
        if (!run.state().ended()) {
            return;
        }
        Cleanup done = run.before().cleanup();
        run.cleanup(
                switch (step) {
                    case WORKERS -> new Cleanup(true, done.commands(), done.topics(), done.deadLetters());
                    case COMMANDS -> new Cleanup(done.workers(), true, done.topics(), done.deadLetters());
                    case TOPICS -> new Cleanup(done.workers(), done.commands(), true, done.deadLetters());
                    case DEAD_LETTERS -> new Cleanup(done.workers(), done.commands(), done.topics(), true);
                });
    }
}
