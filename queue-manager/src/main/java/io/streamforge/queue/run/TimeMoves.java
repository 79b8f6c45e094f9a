package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Moves that time and the launcher's list make: waits that are over, workers that are lost, stops that take too long. */
final class TimeMoves {

    private final Limits limits;
    private final Failures failures;

    TimeMoves(Limits limits, Failures failures) {
        this.limits = limits;
        this.failures = failures;
    }

    void apply(RunEditor run, World world) {
        if (run.state().ended()) {
            return;
        }
        if (run.state() instanceof RunState.Scheduled && run.desired().running()) {
            run.move(new RunState.Starting(run.now(), Restarts.NONE, null), "preparing", Settling.SELF);
        }
        for (Vertex vertex : run.vertices()) {
            if (vertex.state() instanceof VertexState.Backoff backoff) {
                backoff(run, vertex, backoff);
            } else if (vertex.state().live()) {
                live(run, vertex, world);
            }
        }
    }

    private static void backoff(RunEditor run, Vertex vertex, VertexState.Backoff backoff) {
        if (!run.now().isBefore(backoff.until()) && !run.desired().stopped()) {
            run.move(vertex, new VertexState.Waiting(), "attempt " + (vertex.attempt() + 1), Settling.SELF);
            run.put(vertex.again());
        }
    }

    private void live(RunEditor run, Vertex vertex, World world) {
        if (run.desired().stopped()) {
            if (vertex.shared() && vertex.signals().stopped()) {
                run.move(vertex, new VertexState.Stopped(run.now()), "its workers were told", Settling.SELF);
                return;
            }
            boolean gone = world.tasksKnown()
                    && world.task(TaskNames.of(run.before(), vertex)).isEmpty();
            if (gone || passed(run.now(), run.desired().since(), limits.stop())) {
                run.move(vertex, new VertexState.Stopped(run.now()), "did not say that it stopped", Settling.SELF);
            }
            return;
        }
        if (!world.tasksKnown()) {
            return;
        }
        TaskState task = world.task(TaskNames.of(run.before(), vertex)).orElse(null);
        if (task == null) {
            failures.lost(run, vertex, "WORKER-GONE", "the worker is gone");
        } else if (task instanceof TaskState.Waiting waiting) {
            waiting(run, vertex, waiting);
        } else if (task instanceof TaskState.Exited exited) {
            exited(run, vertex, exited, world);
        } else if (world.observingSince() != null) {
            watch(run, vertex, world.observingSince());
        }
    }

    /** The reason is shown at once; after the time a worker has to start, the restart strategy decides. */
    private void waiting(RunEditor run, Vertex vertex, TaskState.Waiting waiting) {
        if (passed(run.now(), waiting.since(), limits.launch())
                || !waiting.reason().category().retryable()) {
            failures.failed(run, vertex, waiting.reason());
        } else {
            run.error(waiting.reason());
        }
    }

    private void exited(RunEditor run, Vertex vertex, TaskState.Exited exited, World world) {
        // A worker that ended by itself has said why; that event may still be on its way.
        Instant since = latest(exited.at(), world.observingSince());
        boolean heard = world.observingSince() != null && passed(run.now(), since, limits.exit());
        if (!exited.killed() && !heard) {
            return;
        }
        ErrorInfo error = exited.error();
        if (error == null) {
            failures.lost(
                    run,
                    vertex,
                    "WORKER-EXITED",
                    "the worker ended with exit code %d (%s)".formatted(exited.code(), exited.reason()));
        } else {
            failures.lost(run, vertex, error);
        }
    }

    private void watch(RunEditor run, Vertex vertex, Instant observingSince) {
        Report report = vertex.report();
        if (vertex.shared()) {
            // Silence may mean that there is no worker, because there is no work.
            if (report != null) {
                stalled(run, vertex, report, observingSince);
            }
        } else if (vertex.state() instanceof VertexState.Launched launched) {
            if (passed(run.now(), latest(launched.since(), observingSince), limits.launch())) {
                failures.lost(run, vertex, "WORKER-SILENT", "the worker did not report within " + limits.launch());
            }
        } else if (report != null) {
            if (passed(run.now(), latest(report.seenAt(), observingSince), limits.silent())) {
                failures.lost(run, vertex, "WORKER-SILENT", "the worker has not reported for " + limits.silent());
            } else {
                stalled(run, vertex, report, observingSince);
            }
        }
    }

    private void stalled(RunEditor run, Vertex vertex, Report report, Instant observingSince) {
        Duration timeout = run.before().origin().terms().progressTimeout();
        if (busy(run, vertex, report) && passed(run.now(), latest(report.progressAt(), observingSince), timeout)) {
            failures.lost(run, vertex, "WORKER-STALLED", "the worker has made no progress for " + timeout);
        }
    }

    /** Whether there is something the worker should be doing: it lags, or is a bounded source, and nobody holds it back. */
    private static boolean busy(RunEditor run, Vertex vertex, Report report) {
        if (report.status() == WorkerStatus.PAUSED || run.desired().paused()) {
            return false;
        }
        boolean work = vertex.source() ? run.before().origin().terms().bounded() : report.lag() > 0;
        return work
                && consumers(run, vertex)
                        .allMatch(other ->
                                other.report() != null && other.report().lag() == 0);
    }

    /** Those that read what the vertex writes, none behind a sink. */
    private static Stream<Vertex> consumers(RunEditor run, Vertex vertex) {
        return run.edges().stream()
                .filter(edge -> edge.from().contains(vertex.name()))
                .flatMap(edge -> edge.to().stream())
                .flatMap(name -> run.vertex(name).stream());
    }

    private static Instant latest(Instant a, @Nullable Instant b) {
        return b == null || a.isAfter(b) ? a : b;
    }

    private static boolean passed(Instant now, Instant since, Duration limit) {
        return !now.isBefore(since.plus(limit));
    }
}
