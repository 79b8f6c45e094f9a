package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamforge.queue.run.Limits;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.run.Runs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Run FIRST = pending("a");
    private static final Run SECOND = pending("b");
    private static final Run THIRD = pending("c");

    private final RunMachine machine = new RunMachine(Limits.DEFAULT);

    private static Run pending(String workflow) {
        return Run.pending("wf-" + workflow, Runs.origin(workflow));
    }

    private Run admitted(Run run) {
        return machine.on(run, new Observation.Admitted(), Runs.NOW).run();
    }

    private static Admission.Verdict decide(Admission admission, Instant now, Run... runs) {
        return admission.decide(List.of(runs), now);
    }

    @Test
    void shouldLetOnlySoManyStartAtTheSameTime() {
        Admission.Verdict verdict = decide(new Admission(10, 100, 2), Runs.NOW, admitted(FIRST), SECOND, THIRD);

        assertThat(verdict.admitted()).containsExactly("wf-b");
        assertThat(verdict.waiting()).containsOnlyKeys("wf-c");
        assertThat(verdict.waiting().get("wf-c")).isEqualTo("2 runs are starting, as many as may at the same time");
    }

    @Test
    void shouldHoldUpNobodyForARunThatDoesNotStart() {
        Instant later = Runs.NOW.plus(Admission.STARTS_WITHIN);

        assertThat(decide(new Admission(10, 100, 1), later, admitted(FIRST), SECOND, THIRD)
                        .admitted())
                .containsExactly("wf-b");
    }

    @Test
    void shouldCountARunThatDoesNotStartAmongThoseUnderWay() {
        Instant later = Runs.NOW.plus(Admission.STARTS_WITHIN);

        assertThat(decide(new Admission(1, 100, 1), later, admitted(FIRST), SECOND)
                        .waiting()
                        .get("wf-b"))
                .isEqualTo("1 runs are under way, as many as may be at the same time");
    }

    @Test
    void shouldRefuseBoundsThatAdmitNobody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Admission(1, 1, 0))
                .withMessageContaining("starting must be at least 1");
    }
}
