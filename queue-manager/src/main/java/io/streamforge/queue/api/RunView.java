package io.streamforge.queue.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Subject;
import io.streamforge.queue.run.EdgeAccount;
import io.streamforge.queue.run.Report;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.run.VertexState;
import io.streamforge.record.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it.
 *
 * @param desired what was asked for: running, paused or stopped
 * @param reason what it waits for, when it does
 * @param dataSeconds from the first row read to the last commit; absent before
 * @param edges what became of the rows so far; balanced when the run is completed
 */
public record RunView(
        String queueId,
        String workflow,
        int workflowVersion,
        String state,
        Instant since,
        String desired,
        @Nullable String reason,
        int priority,
        String from,
        Subject subject,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Double dataSeconds,
        List<VertexView> vertices,
        List<EdgeAccount> edges,

        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable ErrorInfo error) {

    /**
     * @param status what its worker last said, or what it is waiting for
     * @param recordsEmitted rows a stage gave, before its operators; absent for others
     * @param lag records between it and the end of its input; absent for a source
     * @param progressAt when it last got further
     */
    public record VertexView(
            String name,
            String worker,
            String connector,
            int attempt,
            int restarts,
            String status,
            @Nullable String message,
            long recordsRead,
            long recordsWritten,
            long recordsFiltered,
            long recordsRejected,
            @Nullable Long recordsEmitted,
            long bytes,
            @Nullable Long lag,
            Map<String, Position> positions,
            @Nullable Instant reportedAt,
            @Nullable Instant progressAt,
            @Nullable Instant retryAt,
            @Nullable ErrorInfo error) {

        static VertexView of(Vertex vertex) {
            Report report = vertex.report();
            Report.Counters counters = report == null ? Report.Counters.ZERO : report.counters();
            VertexState state = vertex.state();
            return new VertexView(
                    vertex.name(),
                    vertex.worker(),
                    vertex.task().connector(),
                    vertex.attempt(),
                    vertex.restarts().total(),
                    status(state, report),
                    report == null ? null : report.message(),
                    counters.read(),
                    counters.written(),
                    counters.filtered(),
                    counters.rejected(),
                    vertex.stage() ? Long.valueOf(counters.emitted()) : null,
                    counters.bytes(),
                    report == null || report.lag() < 0 ? null : Long.valueOf(report.lag()),
                    report == null ? Map.of() : report.positions(),
                    report == null ? null : report.at(),
                    report == null ? null : report.progressAt(),
                    state instanceof VertexState.Backoff backoff ? backoff.until() : null,
                    error(state));
        }

        private static String status(VertexState state, @Nullable Report report) {
            return state instanceof VertexState.Active && report != null
                    ? report.status().name().toLowerCase(Locale.ROOT)
                    : state.label();
        }

        private static @Nullable ErrorInfo error(VertexState state) {
            if (state instanceof VertexState.Backoff backoff) {
                return backoff.cause();
            }
            return state instanceof VertexState.Failed failed ? failed.error() : null;
        }
    }

    static RunView of(Run run, Optional<String> waitingFor) {
        RunState state = run.state();
        return new RunView(
                run.queueId(),
                run.workflow(),
                run.origin().workflowVersion(),
                state.label(),
                state.since(),
                run.desired().goal().name().toLowerCase(Locale.ROOT),
                reason(run, waitingFor),
                run.origin().priority(),
                run.origin().from().name().toLowerCase(Locale.ROOT),
                run.origin().subject(),
                run.origin().createdAt(),
                state.ended() ? state.since() : null,
                dataSeconds(run),
                run.vertices().stream().map(VertexView::of).toList(),
                run.account().isEmpty() ? run.accountSoFar() : run.account(),
                run.error());
    }

    private static @Nullable String reason(Run run, Optional<String> waitingFor) {
        if (run.state() instanceof RunState.Pending pending) {
            return waitingFor.orElse(pending.reason());
        }
        if (run.state() instanceof RunState.Starting starting && starting.retryAt() != null) {
            return "prepared again at " + starting.retryAt();
        }
        ErrorInfo error = run.error();
        return error == null ? null : error.message();
    }

    private static @Nullable Double dataSeconds(Run run) {
        Instant first = run.vertices().stream()
                .map(Vertex::report)
                .filter(report -> report != null && report.firstReadAt() != null)
                .map(report -> Objects.requireNonNull(report.firstReadAt()))
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant last = run.vertices().stream()
                .map(Vertex::report)
                .filter(report -> report != null && report.lastCommitAt() != null)
                .map(report -> Objects.requireNonNull(report.lastCommitAt()))
                .max(Comparator.naturalOrder())
                .orElse(null);
        return first == null || last == null
                ? null
                : Double.valueOf(Duration.between(first, last).toMillis() / 1000.0);
    }
}
