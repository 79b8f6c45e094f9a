package io.streamforge.queue.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Subject;
import io.streamforge.model.Diagnostic;
import io.streamforge.queue.run.Limits;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusesTest {

    private static final Instant NOW = Runs.NOW;
    private static final Workflow ORDERS =
            new Workflow("orders", 2, Map.of(), Subject.NONE, NOW, NOW, "Workflow shop/orders");
    private static final Run PENDING = Run.pending("wf-orders-20260301-000001", Runs.origin("orders"));

    private final RunMachine machine = new RunMachine(Limits.DEFAULT);

    @Test
    void shouldSayWhyARunWaits() {
        WorkflowStatus status = of(accepted(WorkflowStatus.NONE), PENDING);

        assertThat(status.state()).isEqualTo("pending");
        assertThat(status.version()).isEqualTo(2);
        assertThat(status.message()).isEqualTo("20 runs are under way");
        assertThat(conditions(status)).containsExactly("Valid=True", "Running=True", "Ready=Unknown");
    }

    @Test
    void shouldSayWhatARunFailedOf() {
        // given
        ErrorInfo error = new ErrorInfo("NO", ErrorInfo.Category.FATAL, "no such table", null, null);
        Run failed = move(move(move(PENDING, new Observation.Admitted()), new Observation.Admitted()), null);
        failed = machine.on(failed, new Observation.PreparationFailed(error), NOW)
                .run();

        // when
        WorkflowStatus status = of(accepted(WorkflowStatus.NONE), failed);

        // then
        assertThat(status.state()).isEqualTo("failed");
        assertThat(status.message()).isEqualTo("no such table");
        assertThat(conditions(status)).containsExactly("Valid=True", "Running=False", "Ready=False");
    }

    @Test
    void shouldPlaceEveryProblemAndKeepWhatIsStored() {
        // given
        WorkflowStatus before = of(accepted(WorkflowStatus.NONE), PENDING);
        Diagnostic problem = new Diagnostic(
                Diagnostic.Level.SEMANTICS,
                Diagnostic.Severity.ERROR,
                7,
                5,
                "source.options.pat",
                "UNKNOWN-OPTION",
                "unknown option",
                "did you mean 'path'?");
        RefusedException refusal = new RefusedException(
                RefusedException.Reason.INVALID, "INVALID-WORKFLOW", "the workflow has 1 problem", List.of(problem));

        // when
        WorkflowStatus status = of(Statuses.refused(before, 4, refusal, NOW), PENDING);

        // then
        assertThat(status.workflow()).isEqualTo("orders");
        assertThat(status.version()).isEqualTo(2);
        assertThat(status.observedGeneration()).isEqualTo(4);
        assertThat(status.problems())
                .containsExactly(new WorkflowStatus.Problem(
                        8, 7, "spec.source.options.pat", "UNKNOWN-OPTION", "unknown option", "did you mean 'path'?"));
        assertThat(status.condition("Valid").orElseThrow().message())
                .contains("8:7  spec.source.options.pat  unknown option; did you mean 'path'?");
        assertThat(conditions(status)).containsExactly("Valid=False", "Running=True", "Ready=False");
        assertThat(status.state()).isEqualTo("pending");
    }

    @Test
    void shouldCallAWorkflowInvalidThatNeverRan() {
        RefusedException refusal =
                new RefusedException(RefusedException.Reason.CONFLICT, "WORKFLOW-EXISTS", "it exists");

        WorkflowStatus status = Statuses.withRun(
                WorkflowStatus.NONE,
                Statuses.refused(WorkflowStatus.NONE, 1, refusal, NOW),
                Optional.empty(),
                Optional.empty(),
                NOW);

        assertThat(status.state()).isEqualTo("invalid");
        assertThat(status.message()).isEqualTo("it exists");
        assertThat(status.condition("Valid").orElseThrow().reason()).isEqualTo("Refused");
    }

    @Test
    void shouldKeepTheTimeOfAConditionThatStays() {
        // given
        WorkflowStatus before = of(accepted(WorkflowStatus.NONE), PENDING);

        // when
        WorkflowStatus after = Statuses.withRun(
                before,
                Statuses.accepted(before, 3, ORDERS, NOW.plusSeconds(60)),
                Optional.of(PENDING),
                Optional.of("20 runs are under way"),
                NOW.plusSeconds(60));

        // then
        assertThat(after).isEqualTo(before);
        assertThat(Announcement.of(before, after)).isEmpty();
    }

    @Test
    void shouldTellWhatHasHappened() {
        // given
        WorkflowStatus pending = of(accepted(WorkflowStatus.NONE), PENDING);
        Run stopped = machine.on(PENDING, UserCommand.STOP, "user", NOW).run();

        // when
        WorkflowStatus after = of(pending, stopped);

        // then
        assertThat(Announcement.of(WorkflowStatus.NONE, pending))
                .extracting(Announcement::reason)
                .containsExactly("Accepted", "RunMade");
        assertThat(Announcement.of(pending, after))
                .extracting(Announcement::reason)
                .containsExactly("Stopped");
    }

    private Run move(Run run, Observation seen) {
        if (seen != null) {
            return machine.on(run, seen, NOW).run();
        }
        return machine.tick(run, new io.streamforge.queue.run.World(NOW, Map.of(), java.util.Set.of(), NOW))
                .run();
    }

    private static WorkflowStatus accepted(WorkflowStatus before) {
        return Statuses.accepted(before, 3, ORDERS, NOW);
    }

    private static WorkflowStatus of(WorkflowStatus status, Run run) {
        return Statuses.withRun(status, status, Optional.of(run), Optional.of("20 runs are under way"), NOW);
    }

    private static List<String> conditions(WorkflowStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status())
                .toList();
    }
}
