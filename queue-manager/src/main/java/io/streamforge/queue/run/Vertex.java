package io.streamforge.queue.run;

import io.streamforge.messages.Task;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A worker of a run.
 *
 * @param worker module that hosts it, such as {@code loader-producer}
 * @param task what it is told in every start command
 * @param attempt 1 for the first start
 * @param signals which commands this attempt has been sent
 * @param restarts failures so far
 * @param report latest event of the worker, over all attempts; null before the first one
 */
public record Vertex(
        String name,
        String worker,
        Task task,
        int attempt,
        VertexState state,
        Signals signals,
        Restarts restarts,
        @Nullable Report report) {

    public static Vertex waiting(String name, String worker, Task task) {
        return new Vertex(name, worker, task, 1, new VertexState.Waiting(), Signals.NONE, Restarts.NONE, null);
    }

    public Vertex with(VertexState next) {
        return new Vertex(name, worker, task, attempt, next, signals, restarts, report);
    }

    Vertex with(Task changed) {
        return new Vertex(name, worker, changed, attempt, state, signals, restarts, report);
    }

    public Vertex with(Signals sent) {
        return new Vertex(name, worker, task, attempt, state, sent, restarts, report);
    }

    public Vertex with(Restarts failures) {
        return new Vertex(name, worker, task, attempt, state, signals, failures, report);
    }

    public Vertex with(Report latest) {
        return new Vertex(name, worker, task, attempt, state, signals, restarts, latest);
    }

    /** The next attempt, not yet started. */
    public Vertex again() {
        return new Vertex(name, worker, task, attempt + 1, new VertexState.Waiting(), Signals.NONE, restarts, report);
    }

    /** Whether as many workers as there is work for share it; there may be none, and what they have done is seen in the broker. */
    public boolean shared() {
        Task.Input input = task.input();
        return input != null && input.shared();
    }

    public boolean source() {
        return task.role() == Task.Role.SOURCE;
    }

    public boolean stage() {
        return task.role() == Task.Role.STAGE;
    }

    public boolean sink() {
        return task.role() == Task.Role.SINK;
    }

    /** What has transactions of its own: the splits of a source, the partitions of a stage's input. */
    public Stream<String> parts() {
        Task.Input input = task.input();
        return stage() && input != null
                ? input.partitions().stream().map(String::valueOf)
                : task.splits().stream().map(Task.Split::id);
    }
}
