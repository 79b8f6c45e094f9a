package io.streamforge.queue.testing;

import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.LogChunk;
import io.streamforge.queue.run.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A launcher that starts nothing, but knows what it was told. */
public final class FakeLauncher implements Launcher {

    private final Clock clock;
    private final Map<String, LaunchRequest> requests = new LinkedHashMap<>();
    private final Map<String, TaskState> states = new LinkedHashMap<>();
    private final Map<String, Integer> starts = new LinkedHashMap<>();
    private volatile Runnable listener = () -> {};
    private volatile boolean refuses;
    private volatile boolean unreachable;

    public FakeLauncher(Clock clock) {
        this.clock = clock;
    }

    public void refuse(boolean value) {
        refuses = value;
    }

    public void unreachable(boolean value) {
        unreachable = value;
    }

    /** How often a task of this name was really started. */
    public synchronized Map<String, Integer> starts() {
        return Map.copyOf(starts);
    }

    public synchronized LaunchRequest request(String name) {
        return java.util.Objects.requireNonNull(requests.get(name), name);
    }

    public synchronized List<LaunchRequest> running() {
        return requests.values().stream()
                .filter(request -> states.get(request.name()) instanceof TaskState.Running)
                .toList();
    }

    public void exit(String name, int code) {
        synchronized (this) {
            states.computeIfPresent(name, (key, old) -> new TaskState.Exited(code, "ended", clock.instant()));
        }
        listener.run();
    }

    @Override
    public synchronized void launch(LaunchRequest request) {
        if (refuses) {
            throw new LaunchException("no room for " + request.name(), new IllegalStateException("refuses"));
        }
        if (states.putIfAbsent(request.name(), new TaskState.Running(clock.instant())) == null) {
            requests.put(request.name(), request);
            starts.merge(request.name(), 1, Integer::sum);
        }
    }

    @Override
    public synchronized void remove(String name, Duration grace) {
        states.remove(name);
    }

    @Override
    public synchronized List<LaunchedTask> list() {
        if (unreachable) {
            throw new LaunchException("cannot be reached", new IllegalStateException("is away"));
        }
        return states.entrySet().stream()
                .map(entry -> {
                    LaunchRequest request = request(entry.getKey());
                    return new LaunchedTask(
                            request.name(), request.queueId(), request.vertex(), request.attempt(), entry.getValue());
                })
                .toList();
    }

    @Override
    public synchronized List<String> logs(String queueId) {
        return requests.values().stream()
                .filter(request -> request.queueId().equals(queueId))
                .map(LaunchRequest::name)
                .toList();
    }

    @Override
    public LogChunk log(String queueId, String name, long offset, int maxBytes) {
        String text = "worker " + name + " says hello\n";
        return offset > 0 ? new LogChunk("", offset) : new LogChunk(text, text.length());
    }

    @Override
    public void forgetLogs(String queueId) {}

    @Override
    public void onExit(Runnable exited) {
        listener = exited;
    }

    @Override
    public void close() {}
}
