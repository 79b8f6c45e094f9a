package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run being changed: makes legal moves only, and writes the history of each. */
final class RunEditor {

    private final Run before;
    private final Instant now;
    private final List<HistoryEntry> history = new ArrayList<>();
    private final List<Vertex> vertices;
    private List<Edge> edges;
    private List<EdgeAccount> account;
    private Desired desired;
    private RunState state;
    private Cleanup cleanup;
    private @Nullable ErrorInfo error;
    private @Nullable Instant dueAt;

    RunEditor(Run before, Instant now) {
        this.before = before;
        this.now = now;
        vertices = new ArrayList<>(before.vertices());
        edges = before.edges();
        account = before.account();
        desired = before.desired();
        state = before.state();
        cleanup = before.cleanup();
        error = before.error();
        dueAt = before.dueAt();
    }

    Run before() {
        return before;
    }

    Instant now() {
        return now;
    }

    RunState state() {
        return state;
    }

    Desired desired() {
        return desired;
    }

    List<Vertex> vertices() {
        return List.copyOf(vertices);
    }

    List<Edge> edges() {
        return edges;
    }

    Optional<Vertex> vertex(String name) {
        return vertices.stream().filter(vertex -> vertex.name().equals(name)).findFirst();
    }

    /** The vertex when it is still in this attempt. */
    Optional<Vertex> vertex(String name, int attempt) {
        return vertex(name).filter(vertex -> vertex.attempt() == attempt);
    }

    RunEditor move(RunState next, String cause, String actor) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException(
                    "run " + before.queueId() + " may not go from " + state.label() + " to " + next.label());
        }
        add(HistoryEntry.Kind.RUN, null, state.label(), next.label(), cause, actor, null);
        state = next;
        return this;
    }

    /** A change within the same state, such as another reason to wait; not a transition. */
    RunEditor refine(RunState same) {
        if (!state.label().equals(same.label())) {
            throw new IllegalStateException(state.label() + " is not " + same.label());
        }
        state = same;
        return this;
    }

    RunEditor move(Vertex vertex, VertexState next, String cause, String actor) {
        add(HistoryEntry.Kind.VERTEX, vertex.name(), vertex.state().label(), next.label(), cause, actor, null);
        return put(vertex.with(next));
    }

    RunEditor put(Vertex vertex) {
        vertices.replaceAll(old -> old.name().equals(vertex.name()) ? vertex : old);
        return this;
    }

    RunEditor prepared(List<Vertex> newVertices, List<Edge> newEdges) {
        vertices.clear();
        vertices.addAll(newVertices);
        edges = List.copyOf(newEdges);
        return this;
    }

    RunEditor put(Edge edge) {
        edges = edges.stream()
                .map(old -> old.name().equals(edge.name()) ? edge : old)
                .toList();
        return this;
    }

    RunEditor desired(Desired value) {
        desired = value;
        return this;
    }

    RunEditor error(@Nullable ErrorInfo value) {
        error = value;
        return this;
    }

    RunEditor account(List<EdgeAccount> value) {
        account = value;
        return this;
    }

    Cleanup cleanup() {
        return cleanup;
    }

    RunEditor cleanup(Cleanup value) {
        cleanup = value;
        return this;
    }

    RunEditor dueAt(@Nullable Instant value) {
        dueAt = value;
        return this;
    }

    RunEditor event(Event event) {
        add(HistoryEntry.Kind.EVENT, event.vertex(), null, null, event.message(), event.producer(), event);
        return this;
    }

    private void add(
            HistoryEntry.Kind kind,
            @Nullable String vertex,
            @Nullable String from,
            @Nullable String to,
            String cause,
            String actor,
            @Nullable Event event) {
        long number = before.historySize() + history.size() + 1;
        history.add(new HistoryEntry(before.queueId(), number, now, kind, vertex, from, to, cause, actor, event));
    }

    /** The run after the edit, at the next version; the very run of the beginning when nothing has changed. */
    Change done() {
        Run same = build(before.version());
        return history.isEmpty() && same.equals(before)
                ? Change.none(before)
                : new Change(build(before.version() + 1), history);
    }

    private Run build(long version) {
        return new Run(
                before.queueId(),
                version,
                before.origin(),
                desired,
                state,
                vertices,
                edges,
                account,
                cleanup,
                error,
                before.historySize() + history.size(),
                dueAt);
    }
}
