package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queue.run.Limits;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.testing.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two queue-managers on one store: one leads, the other answers the API. */
class SharedRunsTest {

    private static final String RUN = "wf-orders-20260301-000001";

    private final MemoryStore store = new MemoryStore();
    private final RunMachine machine = new RunMachine(Limits.DEFAULT);
    private final RunBook leader = new RunBook(store);
    private final RunBook follower = new RunBook(store);

    @BeforeEach
    void lead() {
        leader.open();
    }

    @Test
    void shouldNoticeARunThatWasPostedToTheOther() {
        follower.create(List.of(Run.pending(RUN, Runs.origin("orders"))), List.of());

        assertThat(leader.catchUp()).containsExactly(RUN);
        assertThat(leader.active()).extracting(Run::queueId).containsExactly(RUN);
        assertThat(leader.catchUp()).isEmpty();
    }

    @Test
    void shouldNoticeWhatTheOtherWasTold() {
        // given
        leader.create(List.of(Run.pending(RUN, Runs.origin("orders"))), List.of());

        // when
        tell(follower, UserCommand.PAUSE);

        // then
        assertThat(leader.catchUp()).containsExactly(RUN);
        assertThat(leader.find(RUN).orElseThrow().desired().paused()).isTrue();
    }

    @Test
    void shouldNoticeARunThatTheOtherHasEnded() {
        // given
        leader.create(List.of(Run.pending(RUN, Runs.origin("orders"))), List.of());

        // when
        tell(follower, UserCommand.STOP);

        // then
        assertThat(leader.catchUp()).containsExactly(RUN);
        assertThat(leader.active()).isEmpty();
    }

    @Test
    void shouldRedoAChangeOnWhatTheOtherHasWritten() {
        // given
        leader.create(List.of(Run.pending(RUN, Runs.origin("orders"))), List.of());
        tell(follower, UserCommand.PAUSE);
        tell(follower, UserCommand.RESUME);

        // when
        leader.update(RUN, run -> machine.on(run, new Observation.Admitted(), Runs.NOW));

        // then
        Run run = store.run(RUN).orElseThrow();
        assertThat(run.state().label()).isEqualTo("scheduled");
        assertThat(run.desired().running()).isTrue();
        assertThat(run.version()).isEqualTo(4);
    }

    @Test
    void shouldShowTheOtherNothingOld() {
        // given
        follower.create(List.of(Run.pending(RUN, Runs.origin("orders"))), List.of());
        leader.catchUp();

        // when
        leader.update(RUN, run -> machine.on(run, new Observation.Admitted(), Runs.NOW));

        // then
        assertThat(follower.find(RUN).orElseThrow().state().label()).isEqualTo("scheduled");
        assertThat(follower.active()).isEmpty();
    }

    @Test
    void shouldForgetEverythingWhenItDoesNotLeadAnyMore() {
        // given
        leader.create(List.of(Run.pending(RUN, Runs.origin("orders"))), List.of());
        leader.shut();
        follower.open();
        follower.loadAll();

        // when
        follower.update(RUN, run -> machine.on(run, new Observation.Admitted(), Runs.NOW));

        // then
        assertThat(leader.ids()).isEmpty();
        assertThat(leader.find(RUN).orElseThrow().state().label()).isEqualTo("scheduled");
    }

    private void tell(RunBook book, UserCommand command) {
        book.update(RUN, run -> machine.on(run, command, "user", Runs.NOW));
    }
}
