package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws the run's state from its vertices and what is desired, move by move until nothing more follows. */
final class Settling {

    static final String SELF = "queue-manager";

    private final Limits limits;

    Settling(Limits limits) {
        this.limits = limits;
    }

    void apply(RunEditor run) {
        while (step(run)) {
            // Each step is one legal move; the last states have none.
        }
        run.dueAt(due(run));
    }

    private boolean step(RunEditor run) {
        if (run.state().ended()) {
            return false;
        }
        if (run.desired().stopped()) {
            return stop(run);
        }
        Optional<ErrorInfo> failure = failure(run.vertices());
        if (failure.isPresent()) {
            run.error(failure.get())
                    .move(
                            new RunState.Failed(run.now(), failure.get()),
                            failure.get().message(),
                            SELF);
            return true;
        }
        if (run.state() instanceof RunState.Starting) {
            return started(run);
        }
        if (run.state() instanceof RunState.Running) {
            return drain(run) || pause(run);
        }
        if (run.state() instanceof RunState.Paused) {
            return resume(run);
        }
        return run.state() instanceof RunState.Draining && (complete(run) || pause(run));
    }

    private static boolean stop(RunEditor run) {
        for (Vertex vertex : run.vertices()) {
            if (!vertex.state().ended() && !vertex.state().live()) {
                run.move(vertex, new VertexState.Stopped(run.now()), "stopped before it was launched", SELF);
            }
        }
        if (run.vertices().stream().allMatch(vertex -> vertex.state().ended())) {
            run.move(new RunState.Stopped(run.now()), "stopped", run.desired().actor());
            return true;
        }
        return false;
    }

    private static Optional<ErrorInfo> failure(List<Vertex> vertices) {
        return vertices.stream()
                .map(Vertex::state)
                .filter(VertexState.Failed.class::isInstance)
                .map(state -> ((VertexState.Failed) state).error())
                .findFirst();
    }

    private static boolean started(RunEditor run) {
        boolean all = !run.vertices().isEmpty()
                && run.vertices().stream()
                        .allMatch(vertex ->
                                vertex.report() != null || vertex.state().ended());
        if (all) {
            run.move(new RunState.Running(run.now()), "every worker reports", SELF);
        }
        return all;
    }

    private static boolean drain(RunEditor run) {
        List<Vertex> sources = run.vertices().stream().filter(Vertex::source).toList();
        boolean read = sources.stream().allMatch(vertex -> vertex.state() instanceof VertexState.Completed)
                && run.edges().stream()
                        .filter(edge ->
                                sources.stream().anyMatch(source -> edge.from().contains(source.name())))
                        .allMatch(edge -> edge.endOffsets() != null);
        if (read) {
            run.move(new RunState.Draining(run.now()), "the sources have read everything", SELF);
        }
        return read;
    }

    private static boolean pause(RunEditor run) {
        boolean quiet = run.desired().paused() && run.vertices().stream().allMatch(Settling::quiet);
        boolean something =
                run.vertices().stream().anyMatch(vertex -> !vertex.state().ended());
        if (quiet && something) {
            run.move(new RunState.Paused(run.now()), "paused", run.desired().actor());
            return true;
        }
        return false;
    }

    private static boolean quiet(Vertex vertex) {
        Report report = vertex.report();
        return !vertex.state().live()
                || (vertex.shared() && vertex.signals().paused())
                || (report != null && report.attempt() == vertex.attempt() && report.status() == WorkerStatus.PAUSED);
    }

    private static boolean resume(RunEditor run) {
        boolean nothingLeft =
                run.vertices().stream().allMatch(vertex -> vertex.state().ended());
        if (run.desired().running() || nothingLeft) {
            run.move(
                    new RunState.Running(run.now()),
                    nothingLeft ? "nothing is left to pause" : "resumed",
                    run.desired().actor());
            return true;
        }
        return false;
    }

    private static boolean complete(RunEditor run) {
        if (!run.vertices().stream().allMatch(vertex -> vertex.state() instanceof VertexState.Completed)) {
            return false;
        }
        List<EdgeAccount> account = Accounting.of(run.vertices(), run.edges());
        run.account(account);
        Optional<ErrorInfo> mismatch = account.stream()
                .filter(edge -> !edge.balanced())
                .findFirst()
                .map(edge -> new ErrorInfo(
                        "ACCOUNT-MISMATCH",
                        Category.FATAL,
                        "%s to %s: %d rows in, but %d out, %d filtered and %d rejected"
                                .formatted(
                                        edge.from(),
                                        edge.to(),
                                        edge.in(),
                                        edge.out(),
                                        edge.filtered(),
                                        edge.rejected()),
                        null,
                        "compare source and target; the topics of the run are kept for a while"));
        run.error(mismatch.orElse(null));
        run.move(
                mismatch.<RunState>map(error -> new RunState.Failed(run.now(), error))
                        .orElseGet(() -> new RunState.Completed(run.now())),
                mismatch.map(ErrorInfo::message).orElse("every row is accounted for"),
                SELF);
        return true;
    }

    private @Nullable Instant due(RunEditor run) {
        if (!run.state().ended()) {
            return null;
        }
        Cleanup done = run.cleanup();
        Instant end = run.state().since();
        if (!done.workers() || !done.commands()) {
            return end;
        }
        if (!done.topics()) {
            return end.plus(keepTopics(run.before(), run.state()));
        }
        return done.deadLetters()
                ? null
                : end.plus(run.before().origin().terms().keepRejected());
    }

    /** A run that did not complete can be retried, as long as its topics are there. */
    Duration keepTopics(Run run, RunState state) {
        Duration keep = run.origin().terms().keepTopics();
        boolean longer = !(state instanceof RunState.Completed) && keep.compareTo(limits.keepFailedTopics()) < 0;
        return longer ? limits.keepFailedTopics() : keep;
    }
}
