package io.streamforge.queue.reconcile;

import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.Store;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what the launcher lists and no run owns: its run was forgotten, or is over and cleaned up. */
final class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final Store store;
    private final Launcher launcher;

    Sweeper(Store store, Launcher launcher) {
        this.store = store;
        this.launcher = launcher;
    }

    void sweep() {
        try {
            for (LaunchedTask task : launcher.list()) {
                if (!owned(task)) {
                    log.atWarn()
                            .addKeyValue("queue_id", task.queueId())
                            .addKeyValue("task", task.name())
                            .log("task without a run is removed");
                    launcher.remove(task.name(), Duration.ZERO);
                }
            }
        } catch (LaunchException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("sweep was cut short");
        }
    }

    private boolean owned(LaunchedTask task) {
        Optional<Run> run = store.run(task.queueId());
        return run.isPresent()
                && !(run.get().state().ended() && run.get().cleanup().workers());
    }
}
