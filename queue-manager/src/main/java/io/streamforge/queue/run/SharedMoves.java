package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import io.streamforge.messages.SinkNote;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.run.Report.Counters;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves of a vertex that as many workers share as there is work for, none when there is none. What they have done stands in the
 * broker beside their group's offsets; of what they say themselves, only errors are news.
 */
final class SharedMoves {

    private SharedMoves() {}

    static void consumed(RunEditor run, Vertex vertex, Observation.Consumed seen) {
        if (!vertex.state().live()) {
            return;
        }
        Report last = vertex.report();
        boolean further = last == null || !last.endOffsets().equals(seen.next());
        Report report = report(run, vertex, seen, further);
        Vertex now = vertex.with(report).with(further ? vertex.restarts().progressed() : vertex.restarts());
        run.put(now);
        if (now.state() instanceof VertexState.Launched launched) {
            run.move(
                    now,
                    new VertexState.Active(launched.command(), run.now()),
                    "the group is looked at",
                    Settling.SELF);
        }
        if (further && last != null && run.vertices().stream().noneMatch(SharedMoves::waits)) {
            run.error(null);
        }
        if (complete(run, vertex, seen.next())) {
            Vertex done = run.vertex(vertex.name()).orElseThrow();
            run.move(done, new VertexState.Completed(run.now()), report.message(), Settling.SELF);
        }
    }

    private static boolean waits(Vertex vertex) {
        return vertex.state() instanceof VertexState.Backoff;
    }

    private static boolean complete(RunEditor run, Vertex vertex, Map<Integer, Long> next) {
        return run.edges().stream()
                .filter(edge -> edge.to().contains(vertex.name()))
                .anyMatch(edge -> reached(edge.endOffsets(), next));
    }

    private static boolean reached(@Nullable Map<Integer, Long> ends, Map<Integer, Long> next) {
        return ends != null
                && ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static Report report(RunEditor run, Vertex vertex, Observation.Consumed seen, boolean further) {
        Report last = vertex.report();
        SinkNote note = seen.note();
        long rejected = note.rejected() + note.unreadable();
        Counters counters = new Counters(note.written() + rejected, note.written(), 0, rejected, note.bytes());
        boolean idle = seen.lag() == 0 || run.desired().paused();
        return new Report(
                Settling.SELF,
                vertex.attempt(),
                last == null ? 0 : last.seq() + 1,
                run.desired().paused() ? WorkerStatus.PAUSED : WorkerStatus.LOADING,
                "Saved " + note.written() + " records",
                counters,
                seen.lag(),
                Map.of(),
                seen.next(),
                began(last, counters, run.now()),
                further ? run.now() : lastCommit(last),
                run.now(),
                run.now(),
                further || idle || last == null || last.attempt() < vertex.attempt() ? run.now() : last.progressAt(),
                last == null ? 1 : last.events() + 1);
    }

    private static @Nullable Instant began(@Nullable Report last, Counters counters, Instant now) {
        if (last != null && last.firstReadAt() != null) {
            return last.firstReadAt();
        }
        return counters.read() > 0 ? now : null;
    }

    private static @Nullable Instant lastCommit(@Nullable Report last) {
        return last == null ? null : last.lastCommitAt();
    }

    /** A worker that ends is none of the run's business unless it says that something is wrong. */
    static void said(RunEditor run, Vertex vertex, Event event, Failures failures) {
        ErrorInfo error = event.error();
        if (event.status() == WorkerStatus.ERROR
                && error != null
                && vertex.state().live()) {
            run.event(event);
            failures.failed(run, vertex, error);
        }
    }
}
