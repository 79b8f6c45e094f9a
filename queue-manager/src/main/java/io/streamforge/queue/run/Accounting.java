package io.streamforge.queue.run;

import io.streamforge.queue.run.Report.Counters;
import java.util.ArrayList;
import java.util.List;

/** Adds up what became of the rows between each source and each of its sinks. */
final class Accounting {

    private Accounting() {}

    static List<EdgeAccount> of(List<Vertex> vertices, List<Edge> edges) {
        List<EdgeAccount> accounts = new ArrayList<>();
        for (Edge edge : edges) {
            for (String to : edge.to()) {
                accounts.add(account(find(vertices, edge.from()), find(vertices, to)));
            }
        }
        return accounts;
    }

    private static EdgeAccount account(Vertex source, Vertex sink) {
        Counters read = counters(source);
        Counters written = counters(sink);
        long filtered = read.filtered() + written.filtered();
        long rejected = read.rejected() + written.rejected();
        long surplus = written.written() + filtered + rejected - read.read();
        // A target without offsets of its own is given again what a lost worker wrote but had not committed.
        long repeated = sink.attempt() > 1 ? Math.max(0, Math.min(surplus, written.written())) : 0;
        return new EdgeAccount(
                source.name(), sink.name(), read.read(), written.written() - repeated, filtered, rejected, repeated);
    }

    private static Counters counters(Vertex vertex) {
        Report report = vertex.report();
        return report == null ? Counters.ZERO : report.counters();
    }

    private static Vertex find(List<Vertex> vertices, String name) {
        return vertices.stream()
                .filter(vertex -> vertex.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
