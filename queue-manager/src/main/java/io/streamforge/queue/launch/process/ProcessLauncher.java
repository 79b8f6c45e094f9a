package io.streamforge.queue.launch.process;

import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.LogChunk;
import io.streamforge.queue.launch.TaskLogs;
import io.streamforge.queue.run.TaskState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a JVM per task. Each is the leader of a session of its own, so that neither a signal to queue-manager's terminal nor
 * its death ends it; the next queue-manager adopts it by its process id. That a name is started once is kept by the process
 * itself: it creates its pid file exclusively, or ends.
 */
public final class ProcessLauncher implements Launcher {

    private static final Logger log = LoggerFactory.getLogger(ProcessLauncher.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String BECOME_WORKER = "set -C; echo $$ > \"$0\" || exit 73; exec \"$@\"";
    private static final Duration PID_TOLERANCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    private static final int UNKNOWN_CODE = -1;

    private final ProcessSettings settings;
    private final TaskFiles files;
    private final TaskLogs logs;
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @throws LaunchException when the data directory cannot be used */
    public ProcessLauncher(ProcessSettings settings) {
        this.settings = settings;
        try {
            files = new TaskFiles(settings.directory().resolve("tasks"));
            logs = new TaskLogs(settings.directory().resolve("runs"));
            for (TaskFiles.Description description : files.all()) {
                adopt(description);
            }
        } catch (IOException e) {
            throw new LaunchException("cannot use the data directory " + settings.directory(), e);
        }
    }

    private static final class Task {
        private final TaskFiles.Description description;
        private volatile TaskState state;
        private volatile Optional<ProcessHandle> handle;

        Task(TaskFiles.Description description, TaskState state, Optional<ProcessHandle> handle) {
            this.description = description;
            this.state = state;
            this.handle = handle;
        }
    }

    @Override
    public synchronized void launch(LaunchRequest request) {
        if (tasks.containsKey(request.name())) {
            return;
        }
        try {
            Path output = logs.file(request.queueId(), request.name());
            files.describe(request);
            ProcessBuilder builder = new ProcessBuilder(command(request));
            builder.environment().putAll(request.variables());
            builder.environment().put("CLASSPATH", settings.classPath());
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            started(request, builder.start());
        } catch (IOException e) {
            throw new LaunchException("cannot start " + request.name() + ": " + e.getMessage(), e);
        }
    }

    private void started(LaunchRequest request, Process process) {
        Task task = new Task(
                new TaskFiles.Description(request.name(), request.queueId(), request.vertex(), request.attempt()),
                new TaskState.Running(Instant.now()),
                Optional.of(process.toHandle()));
        tasks.put(request.name(), task);
        follow(task, process.onExit().thenApply(Process::exitValue));
        log.atInfo()
                .addKeyValue("queue_id", request.queueId())
                .addKeyValue("task", request.name())
                .addKeyValue("pid", process.pid())
                .log("worker process started");
    }

    private List<String> command(LaunchRequest request) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of(
                "/bin/sh", "-c", BECOME_WORKER, files.pidFile(request.name()).toString()));
        command.add(settings.java().toString());
        command.add("-Dstreamforge.task=" + request.name());
        command.addAll(settings.options());
        command.add("-Xmx" + heap(request.memory()));
        command.add(settings.mainClass());
        return command;
    }

    /** Two thirds of a task's memory are for the heap; the rest is for threads, code and buffers. */
    private long heap(long memory) {
        return memory == 0 ? settings.defaultMemory() : memory / 3 * 2;
    }

    private void adopt(TaskFiles.Description description) throws IOException {
        files.seal(description.name());
        Optional<TaskFiles.Pid> pid = files.pid(description.name());
        Optional<ProcessHandle> handle = pid.flatMap(written -> ProcessHandle.of(written.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> isOurs(process, written.written())));
        TaskState state = handle.<TaskState>map(process -> new TaskState.Running(Instant.now()))
                .orElseGet(
                        () -> new TaskState.Exited(UNKNOWN_CODE, "ended while queue-manager was away", Instant.now()));
        Task task = new Task(description, state, handle);
        tasks.put(description.name(), task);
        handle.ifPresent(process -> follow(task, process.onExit().thenApply(ended -> UNKNOWN_CODE)));
        log.atInfo()
                .addKeyValue("queue_id", description.queueId())
                .addKeyValue("task", description.name())
                .addKeyValue("alive", handle.isPresent())
                .log("worker process adopted");
    }

    /** A process that started after the pid was written has only inherited the number. */
    private static boolean isOurs(ProcessHandle process, Instant written) {
        return process.info()
                .startInstant()
                .map(start -> start.isBefore(written.plus(PID_TOLERANCE)))
                .orElse(true);
    }

    private void follow(Task task, CompletableFuture<Integer> exit) {
        var unused = exit.thenAccept(code -> {
            task.state = new TaskState.Exited(code, reason(code), Instant.now());
            log.atInfo()
                    .addKeyValue("queue_id", task.description.queueId())
                    .addKeyValue("task", task.description.name())
                    .addKeyValue("code", code)
                    .log("worker process ended");
            listeners.forEach(Runnable::run);
        });
    }

    private static String reason(int code) {
        return switch (code) {
            case 0 -> "ended";
            case 134 -> "aborted";
            case 137 -> "killed";
            case 143 -> "terminated";
            case UNKNOWN_CODE -> "ended unseen";
            default -> "failed";
        };
    }

    @Override
    public void remove(String name, Duration grace) {
        Task task = tasks.get(name);
        if (task == null) {
            return;
        }
        if (task.handle.isPresent() && task.handle.get().isAlive()) {
            end(task.handle.get(), grace);
            return;
        }
        try {
            files.forget(name);
            tasks.remove(name);
        } catch (IOException e) {
            throw new LaunchException("cannot remove " + name, e);
        }
    }

    private static void end(ProcessHandle process, Duration grace) {
        if (grace.isZero()) {
            process.destroyForcibly();
            return;
        }
        process.destroy();
        var unused = process.onExit()
                .completeOnTimeout(process, grace.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(ProcessHandle::destroyForcibly);
    }

    @Override
    public List<LaunchedTask> list() {
        return tasks.values().stream()
                .map(task -> new LaunchedTask(
                        task.description.name(),
                        task.description.queueId(),
                        task.description.vertex(),
                        task.description.attempt(),
                        task.state))
                .toList();
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
        if (!settings.stopOnClose()) {
            return;
        }
        List<ProcessHandle> alive = tasks.values().stream()
                .flatMap(task -> task.handle.stream())
                .filter(ProcessHandle::isAlive)
                .toList();
        alive.forEach(process -> end(process, CLOSE_GRACE));
        alive.forEach(process -> process.onExit().join());
        for (String name : List.copyOf(tasks.keySet())) {
            remove(name, Duration.ZERO);
        }
    }
}
