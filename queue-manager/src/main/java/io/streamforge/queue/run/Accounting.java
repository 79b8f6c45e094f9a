package io.streamforge.queue.run;

import io.streamforge.messages.Task;
import io.streamforge.queue.run.Report.Counters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Adds up what became of the rows between the sources of a topic and each sink that reads it. Workers that share the work of a
 * sink share its consumer group.
 */
final class Accounting {

    private Accounting() {}

    static List<EdgeAccount> of(List<Vertex> vertices, List<Edge> edges) {
        List<EdgeAccount> accounts = new ArrayList<>();
        for (Edge edge : edges) {
            List<Vertex> sources = named(vertices, edge.from());
            Map<String, List<Vertex>> sinks = named(vertices, edge.to()).stream()
                    .collect(Collectors.groupingBy(Accounting::group, LinkedHashMap::new, Collectors.toList()));
            sinks.values().forEach(sink -> accounts.add(account(sources, sink)));
        }
        return accounts;
    }

    private static List<Vertex> named(List<Vertex> vertices, List<String> names) {
        return vertices.stream().filter(vertex -> names.contains(vertex.name())).toList();
    }

    private static String group(Vertex sink) {
        Task.Input input = Objects.requireNonNull(sink.task().input());
        return input.group();
    }

    private static EdgeAccount account(List<Vertex> sources, List<Vertex> sinks) {
        long in = sum(sources, Counters::read);
        long written = sum(sinks, Counters::written);
        long filtered = sum(sources, Counters::filtered) + sum(sinks, Counters::filtered);
        long rejected = sum(sources, Counters::rejected) + sum(sinks, Counters::rejected);
        // A target without offsets of its own is given again what a lost worker wrote but had not committed.
        boolean restarted = sinks.stream().anyMatch(sink -> sink.attempt() > 1);
        long surplus = written + filtered + rejected - in;
        long repeated = restarted ? Math.max(0, Math.min(surplus, written)) : 0;
        return new EdgeAccount(name(sources), name(sinks), in, written - repeated, filtered, rejected, repeated);
    }

    private static String name(List<Vertex> vertices) {
        return vertices.stream().map(Vertex::name).collect(Collectors.joining("+"));
    }

    private static long sum(Collection<Vertex> vertices, ToLongFunction<Counters> counter) {
        return vertices.stream()
                .map(Vertex::report)
                .mapToLong(report -> report == null ? 0 : counter.applyAsLong(report.counters()))
                .sum();
    }
}
