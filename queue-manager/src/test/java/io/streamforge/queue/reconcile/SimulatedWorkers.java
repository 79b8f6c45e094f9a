package io.streamforge.queue.reconcile;

import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.testing.FakeBroker;
import io.streamforge.queue.testing.FakeLauncher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What launched workers would do: report that they start, load, obey commands, complete, exit. Their events stand in a log of
 * one partition. Counters go on where the attempt before stopped.
 */
final class SimulatedWorkers {

    static final long ROWS = 100;

    private final FakeBroker broker;
    private final FakeLauncher launcher;
    private final List<Event> log = new ArrayList<>();
    private final Map<String, Integer> stage = new HashMap<>();
    private final Map<String, Long> rows = new HashMap<>();
    private final Map<String, Long> seq = new HashMap<>();
    private final Set<String> hanging = new HashSet<>();
    private final Set<String> lagging = new HashSet<>();

    SimulatedWorkers(FakeBroker broker, FakeLauncher launcher) {
        this.broker = broker;
        this.launcher = launcher;
    }

    List<Event> log() {
        return log;
    }

    void hang(String task) {
        hanging.add(task);
    }

    void resume(String task) {
        hanging.remove(task);
    }

    /** It goes on reporting, but gets no further with what it has to do. */
    void lag(String task) {
        lagging.add(task);
    }

    /** Every running worker does one thing. */
    void work() {
        for (LaunchRequest task : launcher.running()) {
            if (!hanging.contains(task.name())) {
                work(task);
            }
        }
    }

    void fail(String task, ErrorInfo error) {
        report(launcher.request(task), WorkerStatus.ERROR, error);
        launcher.exit(task, 1);
    }

    private void work(LaunchRequest task) {
        int done = stage.merge(task.name(), 1, Integer::sum);
        if (done == 1) {
            report(task, WorkerStatus.STARTING, null);
            return;
        }
        if (lagging.contains(task.name())) {
            report(task, WorkerStatus.LOADING, null);
            return;
        }
        @Nullable String wanted = lastSignal(task);
        if ("stop".equals(wanted)) {
            end(task, WorkerStatus.STOPPED);
        } else if ("pause".equals(wanted)) {
            report(task, WorkerStatus.PAUSED, null);
        } else if (rows(task) < ROWS) {
            rows.merge(worker(task), ROWS / 2, Long::sum);
            report(task, WorkerStatus.LOADING, null);
        } else if (task.vertex().equals("source") || told(task, "drain")) {
            end(task, WorkerStatus.COMPLETED);
        } else {
            report(task, WorkerStatus.LOADING, null);
        }
    }

    private void end(LaunchRequest task, WorkerStatus status) {
        report(task, status, null);
        launcher.exit(task.name(), 0);
    }

    private @Nullable String lastSignal(LaunchRequest task) {
        return broker.commands().stream()
                .filter(command -> command.queueId().equals(task.queueId())
                        && command.vertex().equals(task.vertex())
                        && command.attempt() == task.attempt()
                        && !command.word().equals("drain"))
                .map(Command::word)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private boolean told(LaunchRequest task, String word) {
        return broker.commands().stream()
                .anyMatch(command -> command.key().equals(task.queueId() + "/" + task.vertex() + "/" + word)
                        && command.attempt() == task.attempt());
    }

    private static String worker(LaunchRequest task) {
        return task.queueId() + "/" + task.vertex();
    }

    private long rows(LaunchRequest task) {
        return rows.getOrDefault(worker(task), 0L);
    }

    private void report(LaunchRequest task, WorkerStatus status, @Nullable ErrorInfo error) {
        log.add(Runs.event(
                task.queueId(),
                task.vertex(),
                task.attempt(),
                seq.merge(task.name(), 1L, Long::sum),
                status,
                rows(task),
                lagging.contains(task.name()) ? 10 : 0,
                error));
    }
}
