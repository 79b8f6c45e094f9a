package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored: everything needed to take it further after a restart of queue-manager.
 *
 * @param version 1 when first written, one more with every write
 * @param vertices in the order of the data, empty until the run was prepared
 * @param edges empty until the run was prepared
 * @param account empty until the run has completed
 * @param error what the run failed of, or what it is waiting out; null when all is well
 * @param historySize entries of history written so far; the next one gets this number plus one
 * @param dueAt when something of an ended run has to be removed; null while it has not ended, and when nothing is left
 */
public record Run(
        String queueId,
        long version,
        Origin origin,
        Desired desired,
        RunState state,
        List<Vertex> vertices,
        List<Edge> edges,
        List<EdgeAccount> account,
        Cleanup cleanup,
        @Nullable ErrorInfo error,
        long historySize,
        @Nullable Instant dueAt) {

    public Run {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
        account = List.copyOf(account);
    }

    /** A run that waits to be admitted. */
    public static Run pending(String queueId, Origin origin) {
        return new Run(
                queueId,
                1,
                origin,
                new Desired(Desired.Goal.RUNNING, origin.createdAt(), origin.actor()),
                new RunState.Pending(origin.createdAt(), "waiting to be admitted"),
                List.of(),
                List.of(),
                List.of(),
                Cleanup.NONE,
                null,
                0,
                null);
    }

    /** The same run at another version, for moves that are written together. */
    public Run at(long newVersion) {
        return new Run(
                queueId,
                newVersion,
                origin,
                desired,
                state,
                vertices,
                edges,
                account,
                cleanup,
                error,
                historySize,
                dueAt);
    }

    public String workflow() {
        return origin.workflow();
    }

    /** True when the source was discovered, schemas are registered and topics made. */
    public boolean prepared() {
        return !vertices.isEmpty();
    }

    /** What became of the rows so far; balanced only when the run has completed. */
    public List<EdgeAccount> accountSoFar() {
        return Accounting.of(vertices, edges);
    }

    public Optional<Vertex> vertex(String name) {
        return vertices.stream().filter(vertex -> vertex.name().equals(name)).findFirst();
    }

    /** The edge a vertex reads. */
    public Optional<Edge> input(String vertex) {
        return edges.stream().filter(edge -> edge.to().contains(vertex)).findFirst();
    }
}
