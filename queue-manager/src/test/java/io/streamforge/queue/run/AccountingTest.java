package io.streamforge.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.run.Report.Counters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingTest {

    private final Observation.Prepared prepared = Runs.withStage(Runs.QUEUE_ID);

    private static Vertex with(Vertex vertex, Counters counters) {
        return vertex.with(new Report(
                "worker",
                1,
                1,
                WorkerStatus.COMPLETED,
                "done",
                counters,
                0,
                Map.of(),
                Map.of(),
                Runs.NOW,
                Runs.NOW,
                Runs.NOW,
                Runs.NOW,
                Runs.NOW,
                1));
    }

    private List<EdgeAccount> accounts(Counters source, Counters stage, Counters sink) {
        return Accounting.of(
                List.of(
                        with(prepared.vertices().get(0), source),
                        with(prepared.vertices().get(1), stage),
                        with(prepared.vertices().get(2), sink)),
                prepared.edges());
    }

    @Test
    void shouldCountWhatAStageWasGivenAndWhatItGaveOnEdgesOfTheirOwn() {
        // given a source that filtered 5 and rejected 2 of 100, and a stage that refused 3, made 400 of 90, filtered 10
        // and lost 1
        Counters source = new Counters(100, 93, 5, 2, 9300);
        Counters stage = new Counters(93, 389, 10, 4, 38_900, 400);
        Counters sink = new Counters(389, 387, 0, 2, 38_700);

        // when
        List<EdgeAccount> accounts = accounts(source, stage, sink);

        // then
        assertThat(accounts)
                .containsExactly(
                        new EdgeAccount("source", "stage", 100, 90, 5, 5, 0),
                        new EdgeAccount("stage", "sink", 400, 387, 10, 3, 0));
        assertThat(accounts).allMatch(EdgeAccount::balanced);
    }

    @Test
    void shouldShowWhatIsMissingOnTheEdgeWhereItIsMissing() {
        Counters source = new Counters(100, 100, 0, 0, 10_000);
        Counters stage = new Counters(99, 10, 0, 0, 1000, 10);
        Counters sink = new Counters(10, 10, 0, 0, 1000);

        assertThat(accounts(source, stage, sink))
                .extracting(EdgeAccount::balanced)
                .containsExactly(false, true);
    }
}
