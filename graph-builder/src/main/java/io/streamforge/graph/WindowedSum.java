package io.streamforge.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Weighs an edge by the sum of the numbers that rows give for its two vertices. */
final class WindowedSum implements Measure {

    private record Pair(String id, String from, String to, Ring steps) {}

    private final RelationRule rule;
    private final Map<String, Pair> pairs = new TreeMap<>();

    WindowedSum(RelationRule rule) {
        this.rule = rule;
    }

    @Override
    public void add(String from, String to, long step, double value) {
        pairs.computeIfAbsent(Ids.edge(rule.label(), from, to, ""), id -> new Pair(id, from, to, newRing()))
                .steps()
                .add(step, value);
    }

    @Override
    public List<Weighed> weigh(long from, long to) {
        List<Weighed> weighed = new ArrayList<>();
        for (Pair pair : pairs.values()) {
            double sum = Double.NaN;
            for (long step = from; step < to; step++) {
                double value = pair.steps().at(step);
                if (!Double.isNaN(value)) {
                    sum = Double.isNaN(sum) ? value : sum + value;
                }
            }
            if (!Double.isNaN(sum)) {
                weighed.add(new Weighed(pair.id(), pair.from(), pair.to(), sum));
            }
        }
        return weighed;
    }

    @Override
    public void forgetBefore(long step) {
        pairs.values().removeIf(pair -> pair.steps().newest() < step);
    }

    private Ring newRing() {
        rule.requireRoom(pairs.size());
        return new Ring(rule.keptSteps());
    }
}
