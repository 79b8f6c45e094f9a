package io.streamforge.queue.run;

import io.streamforge.messages.Task;
import io.streamforge.queue.run.Report.Counters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;

/**
 * Adds up what became of the rows between those who write a topic and each vertex that reads it. Workers that share the work of a
 * vertex share its consumer group.
 */
final class Accounting {

    private Accounting() {}

    static List<EdgeAccount> of(List<Vertex> vertices, List<Edge> edges) {
        List<EdgeAccount> accounts = new ArrayList<>();
        for (Edge edge : edges) {
            List<Vertex> givers = named(vertices, edge.from());
            Map<String, List<Vertex>> takers = named(vertices, edge.to()).stream()
                    .collect(Collectors.groupingBy(Accounting::group, LinkedHashMap::new, Collectors.toList()));
            takers.values().forEach(taker -> accounts.add(account(givers, taker)));
        }
        return accounts;
    }

    private static List<Vertex> named(List<Vertex> vertices, List<String> names) {
        return vertices.stream().filter(vertex -> names.contains(vertex.name())).toList();
    }

    private static String group(Vertex taker) {
        Task.Input input = Objects.requireNonNull(taker.task().input());
        return input.group();
    }

    private static EdgeAccount account(List<Vertex> givers, List<Vertex> takers) {
        long in = sum(givers, Accounting::gave);
        long taken = sum(takers, Accounting::took);
        long filtered = sum(givers, (vertex, counters) -> counters.filtered())
                + sum(takers, (vertex, counters) -> vertex.stage() ? 0 : counters.filtered());
        long rejected = sum(givers, Accounting::refusedAfter) + sum(takers, Accounting::refusedBefore);
        // A target without offsets of its own is given again what a lost worker wrote but had not committed.
        boolean restarted = takers.stream().anyMatch(taker -> taker.sink() && taker.attempt() > 1);
        long surplus = taken + filtered + rejected - in;
        long repeated = restarted ? Math.max(0, Math.min(surplus, taken)) : 0;
        return new EdgeAccount(name(givers), name(takers), in, taken - repeated, filtered, rejected, repeated);
    }

    /** Rows that came to the beginning of an edge: a stage gives others than it is given, and how many is its own affair. */
    private static long gave(Vertex vertex, Counters counters) {
        return vertex.stage() ? counters.emitted() : counters.read();
    }

    /** Rows that reached the end of an edge. */
    private static long took(Vertex vertex, Counters counters) {
        return vertex.stage() ? counters.read() - refusedBefore(vertex, counters) : counters.written();
    }

    /** Of a stage, rows it gave that no record could hold. */
    private static long refusedAfter(Vertex vertex, Counters counters) {
        return vertex.stage() ? counters.emitted() - counters.written() - counters.filtered() : counters.rejected();
    }

    /** Of a stage, rows it was given and could not use. */
    private static long refusedBefore(Vertex vertex, Counters counters) {
        return vertex.stage() ? counters.rejected() - refusedAfter(vertex, counters) : counters.rejected();
    }

    private static String name(List<Vertex> vertices) {
        return vertices.stream().map(Vertex::name).collect(Collectors.joining("+"));
    }

    private static long sum(Collection<Vertex> vertices, ToLongBiFunction<Vertex, Counters> count) {
        return vertices.stream()
                .mapToLong(vertex -> {
                    Report report = vertex.report();
                    return report == null ? 0 : count.applyAsLong(vertex, report.counters());
                })
                .sum();
    }
}
