package io.streamforge.queue.resource;

import io.streamforge.model.Diagnostic;
import io.streamforge.queue.resource.WorkflowStatus.Condition;
import io.streamforge.queue.resource.WorkflowStatus.Problem;
import io.streamforge.queue.run.EdgeAccount;
import io.streamforge.queue.run.Report;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import io.streamforge.queue.workflow.Workflow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the status of a resource from the one before and what has become of its workflow, as pure functions. */
final class Statuses {

    static final String VALID = "Valid";
    static final String RUNNING = "Running";
    static final String READY = "Ready";
    /** The spec is right but cannot be stored as things are; it is tried again. */
    static final String REFUSED = "Refused";

    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final String UNKNOWN = "Unknown";
    private static final int MAX_MESSAGE = 1000;

    private Statuses() {}

    /** The spec of this generation is stored. */
    static WorkflowStatus accepted(WorkflowStatus before, long generation, Workflow workflow, Instant now) {
        Condition valid =
                condition(before, VALID, TRUE, "Accepted", "stored as version " + workflow.version(), generation, now);
        return new WorkflowStatus(
                generation,
                workflow.name(),
                workflow.version(),
                before.queueId(),
                before.state(),
                before.rows(),
                before.rejected(),
                before.lag(),
                before.message(),
                List.of(),
                List.of(valid));
    }

    /** The spec of this generation is not stored; what was stored before goes on. */
    static WorkflowStatus refused(WorkflowStatus before, long generation, RefusedException refusal, Instant now) {
        List<Diagnostic> problems =
                refusal.problems().stream().map(SpecText::inResource).toList();
        boolean wrong = refusal.reason() == Reason.INVALID || refusal.reason() == Reason.MALFORMED;
        String message =
                problems.isEmpty() ? String.valueOf(refusal.getMessage()) : Diagnostic.format("spec", problems);
        Condition valid =
                condition(before, VALID, FALSE, wrong ? "Invalid" : REFUSED, bounded(message), generation, now);
        return new WorkflowStatus(
                generation,
                before.workflow(),
                before.version(),
                before.queueId(),
                before.state(),
                before.rows(),
                before.rejected(),
                before.lag(),
                before.message(),
                problems.stream().map(Statuses::problem).toList(),
                List.of(valid));
    }

    private static Problem problem(Diagnostic problem) {
        return new Problem(
                problem.line(),
                problem.column(),
                problem.path(),
                problem.code(),
                problem.message(),
                problem.suggestion());
    }

    /**
     * Adds what has become of the latest run.
     *
     * @param before with the times of its conditions
     * @param status what the spec came to
     * @param waitingFor why the run has not begun
     */
    static WorkflowStatus withRun(
            WorkflowStatus before, WorkflowStatus status, Optional<Run> run, Optional<String> waitingFor, Instant now) {
        Condition valid = status.condition(VALID).orElseThrow();
        boolean refused = valid.status().equals(FALSE);
        long generation = status.observedGeneration();
        if (run.isEmpty()) {
            return new WorkflowStatus(
                    generation,
                    status.workflow(),
                    status.version(),
                    null,
                    refused ? WorkflowStatus.INVALID : null,
                    null,
                    null,
                    null,
                    refused ? firstLine(status, valid) : null,
                    status.problems(),
                    List.of(
                            valid,
                            condition(before, RUNNING, FALSE, "NotStarted", "there is no run", generation, now),
                            condition(
                                    before,
                                    READY,
                                    refused ? FALSE : UNKNOWN,
                                    valid.reason(),
                                    refused ? valid.message() : "there is no run",
                                    generation,
                                    now)));
        }
        Run latest = run.get();
        String reason = capital(latest.state().label());
        String message = message(latest, waitingFor);
        Condition running = condition(
                before,
                RUNNING,
                latest.state().ended() ? FALSE : TRUE,
                reason,
                orState(message, latest),
                generation,
                now);
        Condition ready = refused
                ? condition(before, READY, FALSE, valid.reason(), valid.message(), generation, now)
                : condition(before, READY, ready(latest.state()), reason, orState(message, latest), generation, now);
        return new WorkflowStatus(
                generation,
                status.workflow(),
                status.version(),
                latest.queueId(),
                latest.state().label(),
                rows(latest),
                rejected(latest),
                lag(latest),
                refused ? firstLine(status, valid) : message,
                status.problems(),
                List.of(valid, running, ready));
    }

    private static String ready(RunState state) {
        if (state instanceof RunState.Running
                || state instanceof RunState.Draining
                || state instanceof RunState.Completed) {
            return TRUE;
        }
        return state instanceof RunState.Failed || state instanceof RunState.Stopped ? FALSE : UNKNOWN;
    }

    private static @Nullable String message(Run run, Optional<String> waitingFor) {
        if (run.state() instanceof RunState.Pending pending) {
            return waitingFor.orElse(pending.reason());
        }
        return run.error() == null ? null : bounded(run.error().message());
    }

    private static String orState(@Nullable String message, Run run) {
        return message == null ? "run " + run.queueId() + " is " + run.state().label() : message;
    }

    private static String firstLine(WorkflowStatus status, Condition valid) {
        if (status.problems().isEmpty()) {
            return valid.message();
        }
        Problem first = status.problems().get(0);
        return first.path() + ": " + first.message() + (first.suggestion() == null ? "" : "; " + first.suggestion());
    }

    private static @Nullable Long rows(Run run) {
        List<EdgeAccount> accounts = run.account().isEmpty() ? run.accountSoFar() : run.account();
        return run.prepared()
                ? accounts.stream()
                        .filter(edge -> target(run, edge))
                        .mapToLong(EdgeAccount::out)
                        .sum()
                : null;
    }

    /** Rows between vertices are in no target yet. */
    private static boolean target(Run run, EdgeAccount edge) {
        List<String> readers = List.of(edge.to().split("\\+"));
        return run.vertices().stream().filter(Vertex::stage).map(Vertex::name).noneMatch(readers::contains);
    }

    private static @Nullable Long rejected(Run run) {
        return run.prepared()
                ? run.vertices().stream()
                        .map(Vertex::report)
                        .mapToLong(
                                report -> report == null ? 0 : report.counters().rejected())
                        .sum()
                : null;
    }

    private static @Nullable Long lag(Run run) {
        return run.prepared()
                ? run.vertices().stream()
                        .map(Vertex::report)
                        .mapToLong(Statuses::lag)
                        .sum()
                : null;
    }

    private static long lag(@Nullable Report report) {
        return report == null ? 0 : Math.max(0, report.lag());
    }

    private static Condition condition(
            WorkflowStatus before,
            String type,
            String status,
            String reason,
            String message,
            long generation,
            Instant now) {
        String since = before.condition(type)
                .filter(old -> old.status().equals(status))
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new Condition(type, status, reason, message, since, generation);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String bounded(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }
}
