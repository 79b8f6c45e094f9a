package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Subject;
import io.streamforge.queue.run.EdgeAccount;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {

    private static final String RUN = Runs.QUEUE_ID;
    private static final String SOURCE_1 = RUN + "-source-1";
    private static final String SOURCE_2 = RUN + "-source-2";
    private static final String SINK_1 = RUN + "-sink-1";
    private static final ErrorInfo REFUSED =
            new ErrorInfo("CONNECTION-REFUSED", Category.CONNECTION, "db:5432 refuses", "source.options.url", null);

    @TempDir
    Path directory;

    private Simulation world;

    @BeforeEach
    void begin() {
        world = new Simulation(directory, new Admission(2, 100, 2));
    }

    @Test
    void shouldTakeARunFromPendingToCompletedWithItsAccount() {
        // given
        world.create(RUN, "orders");

        // when
        world.until(() -> world.run(RUN).state().ended());

        // then
        Run run = world.run(RUN);
        assertThat(run.state()).isInstanceOf(RunState.Completed.class);
        assertThat(run.account()).containsExactly(new EdgeAccount("source", "sink", 100, 100, 0, 0, 0));
        assertThat(runTransitions()).containsExactly("scheduled", "starting", "running", "draining", "completed");
        assertThat(world.broker.commands().stream().map(Command::word))
                .containsExactlyInAnyOrder("start", "start", "drain");
        assertThat(world.launcher.request(SOURCE_1).environment())
                .containsEntry("STREAMFORGE_BROKER", "broker:9092")
                .hasEntrySatisfying("STREAMFORGE_COMMAND", place -> assertThat(place)
                        .isEqualTo("queue-control/0/0/" + RUN + "/source"));
    }

    @Test
    void shouldComeToTheSameEndWhereverItCrashes(@TempDir Path directories) {
        // given how many calls a run without a crash makes
        world.create(RUN, "orders");
        world.until(() -> world.clock.instant().isAfter(Runs.NOW.plusSeconds(60)));
        int calls = world.calls();
        assertThat(calls).isGreaterThan(50);

        for (int crash = 1; crash <= calls; crash++) {
            // when it dies at one of them and is started again
            Simulation crashing = new Simulation(directories.resolve("at-" + crash), new Admission(2, 100, 2));
            crashing.create(RUN, "orders");
            crashing.crashAt(crash + crashing.calls());
            crashing.until(() -> crashing.run(RUN).cleanup().commands());

            // then
            assertThat(crashing.crashes()).as("crashes at call %d", crash).isLessThanOrEqualTo(1);
            assertThat(crashing.state(RUN)).as("crash at call %d", crash).isEqualTo("completed");
            assertThat(crashing.run(RUN).account())
                    .containsExactly(new EdgeAccount("source", "sink", 100, 100, 0, 0, 0));
            assertThat(crashing.launcher.starts())
                    .as("crash at call %d", crash)
                    .containsOnlyKeys(SOURCE_1, SINK_1)
                    .containsValues(1, 1);
            assertThat(crashing.launcher.list()).isEmpty();
        }
    }

    @Test
    void shouldRestartALostWorkerAtOnceAndFenceItsProducers() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));

        // when
        world.launcher.exit(SOURCE_1, 137);
        world.second();
        world.second();

        // then
        assertThat(world.launcher.starts()).containsEntry(SOURCE_2, 1);
        assertThat(world.broker.fenced()).containsExactly("orders/source/all");
        world.until(() -> world.run(RUN).state().ended());
        assertThat(world.state(RUN)).isEqualTo("completed");
        assertThat(world.launcher.starts())
                .as("the sink was left alone")
                .containsEntry(SINK_1, 1)
                .hasSize(3);
    }

    @Test
    void shouldKillAndReplaceAWorkerThatHangs() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));

        // when
        world.workers.hang(SOURCE_1);
        world.until(() -> world.launcher.starts().containsKey(SOURCE_2));

        // then
        assertThat(world.launcher.list()).extracting("name").doesNotContain(SOURCE_1);
        assertThat(Duration.between(Runs.NOW, world.clock.instant())).isLessThan(Duration.ofSeconds(35));
        world.until(() -> world.run(RUN).state().ended());
        assertThat(world.state(RUN)).isEqualTo("completed");
    }

    @Test
    void shouldNotTakeSilenceForLossWhileTheBrokerIsAway() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));
        world.workers.hang(SOURCE_1);
        world.workers.hang(SINK_1);

        // when
        world.broker.goAway(true);
        for (int i = 0; i < 60; i++) {
            world.second();
        }

        // then
        assertThat(world.launcher.starts()).containsOnlyKeys(SOURCE_1, SINK_1);
        assertThat(world.state(RUN)).isEqualTo("running");
    }

    @Test
    void shouldFailWithTheWorkersErrorWhenTryingAgainCannotHelp() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));

        // when
        ErrorInfo error = new ErrorInfo("DISK-FULL", Category.FATAL, "no space left", null, "make room");
        world.workers.fail(SINK_1, error);
        world.until(() -> world.run(RUN).cleanup().workers());

        // then
        assertThat(world.run(RUN).state())
                .isInstanceOfSatisfying(RunState.Failed.class, failed -> assertThat(failed.error())
                        .isEqualTo(error));
        assertThat(world.launcher.list()).as("the source does not go on alone").isEmpty();
    }

    @Test
    void shouldGiveUpAnUnreachableSourceUnderItsRestartPolicy() {
        // given
        world.preparer = run -> {
            throw new PreparationException(REFUSED, null);
        };
        world.create(RUN, "orders");

        // when
        world.until(() -> world.run(RUN).state().ended());

        // then
        assertThat(world.state(RUN)).isEqualTo("failed");
        assertThat(world.run(RUN).error()).isEqualTo(REFUSED);
        assertThat(Duration.between(Runs.NOW, world.clock.instant()))
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(15));
    }

    @Test
    void shouldStopAtOnceDuringARestartBackOff() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));
        world.workers.fail(SOURCE_1, REFUSED);
        world.workers.fail(SINK_1, REFUSED);
        world.second();

        // when
        world.command(RUN, UserCommand.STOP);

        // then
        assertThat(world.state(RUN)).isEqualTo("stopped");
    }

    @Test
    void shouldStopARunningRunAndRemoveItsWorkers() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));
        world.workers.hang(SINK_1);

        // when
        world.command(RUN, UserCommand.STOP);
        assertThat(world.state(RUN)).as("the workers may finish what they can").isEqualTo("running");
        world.until(() -> world.run(RUN).cleanup().commands());

        // then
        assertThat(world.state(RUN)).isEqualTo("stopped");
        assertThat(world.launcher.list()).isEmpty();
        assertThat(world.broker.erased()).contains(RUN + "/source/start", RUN + "/sink/stop");
    }

    @Test
    void shouldPauseAndResumeInTheMiddleOfARun() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));

        // when
        world.command(RUN, UserCommand.PAUSE);
        world.until(() -> world.state(RUN).equals("paused"));
        for (int i = 0; i < 30; i++) {
            world.second();
        }

        // then
        assertThat(world.state(RUN)).isEqualTo("paused");
        world.command(RUN, UserCommand.RESUME);
        world.until(() -> world.run(RUN).state().ended());
        assertThat(runTransitions())
                .containsExactly("scheduled", "starting", "running", "paused", "running", "draining", "completed");
    }

    @Test
    void shouldNotBeginAPausedRunBeforeItIsResumed() {
        world.create(RUN, "orders");
        world.command(RUN, UserCommand.PAUSE);

        for (int i = 0; i < 5; i++) {
            world.second();
        }

        assertThat(world.state(RUN)).isEqualTo("pending");
        assertThat(reason(RUN)).isEqualTo("paused before it began");
        world.command(RUN, UserCommand.RESUME);
        world.until(() -> world.state(RUN).equals("completed"));
    }

    @Test
    void shouldRunOneRunOfAWorkflowAtATimeAndOnlySoManyAltogether() {
        // given
        List<String> ids = List.of("wf-a-1", "wf-a-2", "wf-b-1", "wf-c-1", "wf-d-1");
        ids.forEach(id -> world.create(id, id.substring(3, 4)));

        // when
        world.second();

        // then
        assertThat(world.state("wf-a-1")).isNotEqualTo("pending");
        assertThat(world.state("wf-b-1")).isNotEqualTo("pending");
        assertThat(reason("wf-a-2")).isEqualTo("run wf-a-1 of the same workflow has not ended");
        assertThat(reason("wf-c-1")).startsWith("2 runs are under way");
        world.until(() -> ids.stream().allMatch(id -> world.state(id).equals("completed")));
        assertThat(world.run("wf-a-2").state().since())
                .isAfter(world.run("wf-a-1").state().since());
    }

    @Test
    void shouldRetryAFailedRunAndLeaveAloneWhatHadCompleted() {
        // given a run whose sink failed after its source was done
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));
        world.workers.hang(SINK_1);
        world.until(() -> world.state(RUN).equals("draining"));
        world.workers.fail(SINK_1, new ErrorInfo("TABLE-GONE", Category.FATAL, "no such table", null, null));
        world.until(() -> world.run(RUN).cleanup().commands());
        assertThat(world.state(RUN)).isEqualTo("failed");

        // when
        world.command(RUN, UserCommand.RETRY);
        world.until(() -> world.run(RUN).state().ended());

        // then
        assertThat(world.state(RUN)).isEqualTo("completed");
        assertThat(world.launcher.starts()).containsOnlyKeys(SOURCE_1, SINK_1, RUN + "-sink-2");
    }

    @Test
    void shouldRemoveTopicsAfterTheirRetentionAndDeadLettersLater() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.run(RUN).cleanup().commands());
        assertThat(world.run(RUN).cleanup().topics()).isFalse();

        // when
        world.clock.advance(Duration.ofMinutes(11));
        world.second();

        // then
        assertThat(world.run(RUN).cleanup().topics()).isTrue();
        assertThat(world.run(RUN).cleanup().deadLetters()).isFalse();
        world.clock.advance(Duration.ofDays(8));
        world.second();
        assertThat(world.run(RUN).dueAt()).as("nothing is left to do").isNull();
    }

    @Test
    void shouldRemoveTheTracesOfADeletedWorkflowWhenItsLastRunHasEnded() {
        // given
        Workflow orders = new Workflow("orders", 1, Map.of(), Subject.NONE, Runs.NOW, Runs.NOW);
        world.store.write(List.of(new Write.PutWorkflow(orders)));
        world.create(RUN, "orders");
        world.until(() -> world.run(RUN).cleanup().commands());
        assertThat(world.forgotten).isEmpty();

        // when
        world.create("wf-orders-2", "orders");
        world.until(() -> world.state("wf-orders-2").equals("running"));
        world.store.write(List.of(new Write.DeleteWorkflow("orders", 1)));
        world.command("wf-orders-2", UserCommand.STOP);

        // then
        assertThat(world.forgotten).as("while its workers are there").isEmpty();
        world.until(() -> world.run("wf-orders-2").cleanup().commands());
        assertThat(world.forgotten).containsExactly("orders");
    }

    private String reason(String queueId) {
        return world.waitingFor(queueId);
    }

    private List<String> runTransitions() {
        return world.store.history(RUN, 0, 1000).stream()
                .sorted(Comparator.comparing(entry -> entry.number()))
                .filter(entry -> entry.vertex() == null)
                .map(entry -> String.valueOf(entry.to()))
                .toList();
    }
}
