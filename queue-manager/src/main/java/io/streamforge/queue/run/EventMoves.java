package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.run.Report.Counters;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in what workers report. Duplicates, events of older attempts, and those of workers that were given up are ignored. */
final class EventMoves {

    /** All progress events up to here are kept, then half as many for each doubling. */
    private static final int KEPT_PROGRESS = 32;

    private final Failures failures;

    EventMoves(Failures failures) {
        this.failures = failures;
    }

    void apply(RunEditor run, Event event) {
        Optional<Vertex> found = run.vertex(event.vertex(), event.attempt());
        if (run.state().ended() || found.isEmpty()) {
            return;
        }
        Vertex vertex = found.get();
        if (vertex.shared()) {
            SharedMoves.said(run, vertex, event, failures);
        } else if (listens(vertex, event)) {
            take(run, vertex, event);
        }
    }

    private void take(RunEditor run, Vertex known, Event event) {
        Vertex vertex = known;
        Report report = report(vertex, event, run.now());
        boolean further = further(vertex, report);
        if (worthKeeping(vertex.report(), report)) {
            run.event(event);
        }
        vertex = vertex.with(report).with(further ? vertex.restarts().progressed() : vertex.restarts());
        run.put(vertex);
        follow(run, activate(run, vertex, event), event);
    }

    private static boolean listens(Vertex vertex, Event event) {
        VertexState state = vertex.state();
        if (!state.live() && !(state instanceof VertexState.Commanded)) {
            return false;
        }
        Report last = vertex.report();
        return last == null || last.attempt() < event.attempt() || last.seq() < event.seq();
    }

    private static Vertex activate(RunEditor run, Vertex vertex, Event event) {
        String command;
        if (vertex.state() instanceof VertexState.Commanded commanded) {
            command = commanded.command();
        } else if (vertex.state() instanceof VertexState.Launched launched) {
            command = launched.command();
        } else {
            return vertex;
        }
        run.move(vertex, new VertexState.Active(command, run.now()), "the worker reports", event.producer());
        return run.vertex(vertex.name()).orElseThrow();
    }

    private void follow(RunEditor run, Vertex vertex, Event event) {
        switch (event.status()) {
            case STARTING, PAUSED -> {}
            case LOADING, DRAINING -> recovered(run, vertex);
            case COMPLETED -> {
                run.move(vertex, new VertexState.Completed(run.now()), event.message(), event.producer());
                recovered(run, vertex);
            }
            case STOPPED -> {
                if (run.desired().stopped()) {
                    run.move(vertex, new VertexState.Stopped(run.now()), event.message(), event.producer());
                } else {
                    failures.lost(run, vertex, "WORKER-STOPPED", "the worker was stopped from outside");
                }
            }
            case ERROR -> failures.failed(run, vertex, error(event));
        }
    }

    private static ErrorInfo error(Event event) {
        ErrorInfo error = event.error();
        return error != null
                ? error
                : new ErrorInfo(
                        "WORKER-ERROR", ErrorInfo.Category.FATAL, event.message(), null, "see the worker's log");
    }

    /** The run's error stays as long as another vertex is waiting one out. */
    private static void recovered(RunEditor run, Vertex vertex) {
        boolean othersWait = run.vertices().stream()
                .anyMatch(other -> !other.name().equals(vertex.name()) && other.state() instanceof VertexState.Backoff);
        if (!othersWait) {
            run.error(null);
        }
    }

    private static Report report(Vertex vertex, Event event, Instant now) {
        Report last = vertex.report();
        // A worker that is only starting has not yet read its counters back.
        boolean starting = event.status() == WorkerStatus.STARTING && last != null;
        Counters counters = starting ? Objects.requireNonNull(last).counters() : counters(event);
        Report report = new Report(
                event.producer(),
                event.attempt(),
                event.seq(),
                event.status(),
                event.message(),
                counters,
                event.lag(),
                starting ? Objects.requireNonNull(last).positions() : event.positions(),
                starting ? Objects.requireNonNull(last).endOffsets() : event.endOffsets(),
                last != null && last.firstReadAt() != null ? last.firstReadAt() : event.firstReadAt(),
                event.lastCommitAt() == null && last != null ? last.lastCommitAt() : event.lastCommitAt(),
                event.timestamp(),
                now,
                now,
                last == null ? 1 : last.events() + 1);
        boolean idle = report.lag() == 0 || report.status() == WorkerStatus.PAUSED;
        return last == null
                        || idle
                        || rebuilding(last, report)
                        || further(vertex, report)
                        || last.attempt() < report.attempt()
                ? report
                : report.withProgressAt(last.progressAt());
    }

    private static Counters counters(Event event) {
        return new Counters(
                event.recordsRead(),
                event.recordsWritten(),
                event.recordsFiltered(),
                event.recordsRejected(),
                event.bytes(),
                event.recordsEmitted());
    }

    /** A stage that is given again what it needs moves, though it commits nothing. */
    private static boolean rebuilding(Report last, Report report) {
        return !last.positions().equals(report.positions());
    }

    /** Whether more is committed. */
    private static boolean further(Vertex vertex, Report report) {
        Report last = vertex.report();
        Counters before = last == null ? Counters.ZERO : last.counters();
        return report.counters().read() > before.read()
                || report.counters().written() > before.written()
                || (last != null && !vertex.stage() && !last.positions().equals(report.positions()))
                || (last != null && !last.endOffsets().equals(report.endOffsets()));
    }

    private static boolean worthKeeping(@Nullable Report last, Report report) {
        if (last == null || last.status() != report.status() || last.attempt() != report.attempt()) {
            return true;
        }
        long stride = Long.highestOneBit(Math.max(1, report.events() / KEPT_PROGRESS));
        return report.events() % stride == 0;
    }
}
