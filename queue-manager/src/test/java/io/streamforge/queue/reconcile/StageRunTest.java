package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Command;
import io.streamforge.queue.run.EdgeAccount;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.VertexState;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunTest {

    private static final String RUN = Runs.QUEUE_ID;
    private static final String STAGE_1 = RUN + "-stage-1";
    private static final String STAGE_2 = RUN + "-stage-2";
    private static final String SINK_1 = RUN + "-sink-1";

    @TempDir
    Path directory;

    private Simulation world;

    @BeforeEach
    void begin() {
        world = chain(directory);
    }

    private static Simulation chain(Path directory) {
        Simulation chain = new Simulation(directory, new Admission(2, 100, 2));
        chain.preparer = run -> Runs.withStage(run.queueId());
        chain.create(RUN, "orders");
        return chain;
    }

    private VertexState vertex(String name) {
        return world.run(RUN).vertex(name).orElseThrow().state();
    }

    @Test
    void shouldDrainVertexByVertexAndDrawUpAnAccountForEachEdge() {
        // given
        world.until(() -> world.state(RUN).equals("running"));
        world.workers.hang(STAGE_1);
        world.until(() -> vertex("source") instanceof VertexState.Completed);
        world.second();
        assertThat(world.broker.commands().stream().map(Command::key))
                .as("the sink waits for the stage")
                .doesNotContain(RUN + "/sink/drain");

        // when
        world.workers.resume(STAGE_1);
        world.until(() -> world.run(RUN).state().ended());

        // then
        assertThat(world.state(RUN)).isEqualTo("completed");
        assertThat(world.run(RUN).account())
                .containsExactly(
                        new EdgeAccount("source", "stage", 100, 100, 0, 0, 0),
                        new EdgeAccount("stage", "sink", 100, 100, 0, 0, 0));
        assertThat(world.broker.commands().stream().map(Command::key))
                .containsSubsequence(RUN + "/stage/drain", RUN + "/sink/drain");
    }

    @Test
    void shouldComeToTheSameEndWhereverItCrashes(@TempDir Path directories) {
        // given how many calls a run without a crash makes
        world.until(() -> world.clock.instant().isAfter(Runs.NOW.plusSeconds(60)));
        int calls = world.calls();

        for (int crash = 1; crash <= calls; crash += 3) {
            // when it dies at one of them and is started again
            Simulation crashing = chain(directories.resolve("at-" + crash));
            crashing.crashAt(crash + crashing.calls());
            crashing.until(() -> crashing.run(RUN).cleanup().commands());

            // then
            assertThat(crashing.state(RUN)).as("crash at call %d", crash).isEqualTo("completed");
            assertThat(crashing.launcher.starts())
                    .as("crash at call %d", crash)
                    .hasSize(3)
                    .containsValues(1, 1, 1);
        }
    }

    @Test
    void shouldRestartALostStageAloneAndFenceItsPartitions() {
        // given
        world.until(() -> world.state(RUN).equals("running"));

        // when
        world.launcher.exit(STAGE_1, 137);
        world.until(() -> world.run(RUN).state().ended());

        // then
        assertThat(world.state(RUN)).isEqualTo("completed");
        assertThat(world.broker.fenced()).containsExactly("orders/stage/0");
        assertThat(world.launcher.starts())
                .containsEntry(STAGE_2, 1)
                .containsEntry(SINK_1, 1)
                .hasSize(4);
    }

    @Test
    void shouldReplaceAStageThatGetsNoFurtherThoughNobodyHoldsItBack() {
        // given
        world.until(() -> world.state(RUN).equals("running"));

        // when
        world.workers.lag(STAGE_1);
        seconds(200);
        world.until(() -> world.launcher.starts().containsKey(STAGE_2));

        // then
        assertThat(Objects.requireNonNull(world.run(RUN).error()).code()).isEqualTo("WORKER-STALLED");
    }

    @Test
    void shouldNotBlameAStageForASinkThatGetsNoFurther() {
        // given
        world.until(() -> world.state(RUN).equals("running"));

        // when
        world.workers.lag(STAGE_1);
        world.workers.lag(SINK_1);
        seconds(200);
        world.until(() -> world.launcher.starts().containsKey(RUN + "-sink-2"));

        // then
        assertThat(world.launcher.starts()).doesNotContainKey(STAGE_2);
    }

    private void seconds(int number) {
        for (int i = 0; i < number; i++) {
            world.second();
        }
    }
}
