package io.streamforge.standalone;

import io.streamforge.connector.Catalog;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.LogChunk;
import io.streamforge.queue.launch.TaskLogs;
import io.streamforge.queue.run.TaskState;
import io.streamforge.worker.ExitCode;
import io.streamforge.worker.Worker;
import io.streamforge.worker.WorkerEnvironment;
import io.streamforge.worker.WorkerResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs workers in threads of this JVM: the quickest start. They end with it, and are started anew by the next one. */
final class InProcessLauncher implements Launcher {

    private static final Logger log = LoggerFactory.getLogger(InProcessLauncher.class);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private final Catalog catalog = Catalog.load();
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final TaskLogs logs;

    /** @param directory where the logs of runs lie, as the log configuration writes them */
    InProcessLauncher(Path directory) {
        try {
            logs = new TaskLogs(directory);
        } catch (IOException e) {
            throw new LaunchException("cannot use the directory " + directory, e);
        }
    }

    private static final class Task {
        private final LaunchRequest request;
        private final Worker worker;
        private volatile TaskState state = new TaskState.Running(Instant.now());

        Task(LaunchRequest request, Worker worker) {
            this.request = request;
            this.worker = worker;
        }

        boolean running() {
            return state instanceof TaskState.Running;
        }
    }

    @Override
    public synchronized void launch(LaunchRequest request) {
        if (tasks.containsKey(request.name())) {
            return;
        }
        Worker worker = new Worker(WorkerEnvironment.settings(request.variables()), catalog);
        Task task = new Task(request, worker);
        tasks.put(request.name(), task);
        var unused = worker.result().thenAccept(result -> ended(task, result));
        worker.start();
    }

    private void ended(Task task, WorkerResult result) {
        task.state = new TaskState.Exited(result.exitCode().code(), reason(result.exitCode()), Instant.now());
        log.atInfo()
                .addKeyValue("queue_id", task.request.queueId())
                .addKeyValue("task", task.request.name())
                .addKeyValue("code", result.exitCode().code())
                .log("worker ended");
        listeners.forEach(Runnable::run);
    }

    private static String reason(ExitCode code) {
        return code == ExitCode.DONE ? "ended" : "failed: " + code.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void remove(String name, Duration grace) {
        Task task = tasks.get(name);
        if (task == null) {
            return;
        }
        if (!task.running()) {
            tasks.remove(name);
        } else if (grace.isZero()) {
            task.worker.kill();
        } else {
            task.worker.stop();
            var unused = task.worker
                    .result()
                    .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(task.worker::kill);
        }
    }

    @Override
    public List<LaunchedTask> list() {
        return tasks.values().stream()
                .map(task -> new LaunchedTask(
                        task.request.name(),
                        task.request.queueId(),
                        task.request.vertex(),
                        task.request.attempt(),
                        task.state))
                .toList();
    }

    /** Those whose tasks nobody has removed yet. */
    List<Worker> workers() {
        return tasks.values().stream().map(task -> task.worker).toList();
    }

    @Override
    public List<String> logs(String queueId) {
        return logs.names(queueId);
    }

    @Override
    public LogChunk log(String queueId, String name, long offset, int maxBytes) {
        return logs.read(queueId, name, offset, maxBytes);
    }

    @Override
    public void forgetLogs(String queueId) {
        logs.forget(queueId);
    }

    @Override
    public void onExit(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        List<Task> running = tasks.values().stream().filter(Task::running).toList();
        running.forEach(task -> task.worker.stop());
        running.forEach(task -> task.worker
                .result()
                .completeOnTimeout(null, CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join());
        running.stream().filter(Task::running).forEach(task -> task.worker.kill());
    }
}
