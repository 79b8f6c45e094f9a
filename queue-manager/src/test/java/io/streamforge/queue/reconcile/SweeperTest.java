package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.run.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that the launcher knows and no run does: of a run that was forgotten, or that came too late to be removed with it. */
class SweeperTest {

    private static final String RUN = Runs.QUEUE_ID;

    @TempDir
    Path directory;

    private Simulation world;
    private Sweeper sweeper;

    @BeforeEach
    void begin() {
        world = new Simulation(directory, new Admission(10, 100, 10));
        sweeper = new Sweeper(world.store, world.launcher);
    }

    private void launch(String queueId, String vertex) {
        world.launcher.launch(new LaunchRequest(
                queueId + "-" + vertex,
                queueId,
                vertex,
                1,
                "loader-producer",
                Map.of(),
                Map.of(),
                0,
                Workload.BOUNDED));
    }

    private List<String> launched() {
        return world.launcher.list().stream().map(LaunchedTask::name).toList();
    }

    @Test
    void shouldRemoveWhatBelongsToNoRun() {
        launch("wf-forgotten-20260301-ffffff", "source-1");

        sweeper.sweep();

        assertThat(launched()).isEmpty();
    }

    @Test
    void shouldLeaveWorkersOfRunsThatAreNotOver() {
        // given
        world.workers.hang(RUN + "-source-1");
        world.create(RUN, "orders");
        world.until(() -> world.state(RUN).equals("running"));
        List<String> before = launched();

        // when
        sweeper.sweep();

        // then
        assertThat(launched()).isNotEmpty().isEqualTo(before);
    }

    @Test
    void shouldRemoveWhatAppearsAfterItsRunWasCleanedUp() {
        // given
        world.create(RUN, "orders");
        world.until(() -> world.run(RUN).cleanup().workers());
        launch(RUN, "source-9");

        // when
        sweeper.sweep();

        // then
        assertThat(launched()).isEmpty();
    }

    @Test
    void shouldLeaveTheRestForLaterWhenTheLauncherCannotBeReached() {
        // given
        launch("wf-forgotten-20260301-ffffff", "source-1");
        world.launcher.unreachable(true);

        // when
        sweeper.sweep();
        world.launcher.unreachable(false);

        // then
        assertThat(launched()).hasSize(1);
        sweeper.sweep();
        assertThat(launched()).isEmpty();
    }
}
