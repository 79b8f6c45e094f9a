package io.streamforge.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weighs pairs of vertices by Pearson's correlation of their returns (the relative change from one step to the next) over the
 * steps for which both have one. The sums are taken anew for each window, mean first: sums that are carried along
 * lose digits with every number that leaves them, and would differ after a restart.
 */
final class Correlation implements Measure {

    private final RelationRule rule;
    private final Map<String, Ring> levels = new TreeMap<>();

    /**
     * @param returns of each step of the window, NaN where there is none
     * @param centred the returns less their mean, divided by their norm; only when no return is missing and they vary
     */
    private record Series(String vertex, double[] returns, double[] centred) {}

    Correlation(RelationRule rule) {
        this.rule = rule;
    }

    @Override
    public void add(String from, String to, long step, double value) {
        levels.computeIfAbsent(from, id -> newRing()).put(step, value);
    }

    @Override
    public List<Weighed> weigh(long from, long to) {
        List<Series> all = new ArrayList<>();
        levels.forEach((vertex, ring) -> {
            double[] returns = returns(ring, from, to);
            all.add(new Series(vertex, returns, centred(returns)));
        });
        List<Weighed> weighed = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Series a = all.get(i);
                Series b = all.get(j);
                double weight = correlation(a, b);
                if (!Double.isNaN(weight)) {
                    String id = Ids.edge(rule.label(), a.vertex(), b.vertex(), "");
                    weighed.add(new Weighed(id, a.vertex(), b.vertex(), weight));
                }
            }
        }
        return weighed;
    }

    @Override
    public void forgetBefore(long step) {
        levels.values().removeIf(ring -> ring.newest() < step);
    }

    private Ring newRing() {
        rule.requireRoom(levels.size());
        return new Ring(rule.keptSteps());
    }

    private double[] returns(Ring ring, long from, long to) {
        double[] returns = new double[(int) (to - from)];
        for (int i = 0; i < returns.length; i++) {
            double now = ring.at(from + i);
            double change = rule.returns().of(ring.at(from + i - 1), now);
            returns[i] = Double.isInfinite(change) ? Double.NaN : change;
        }
        return returns;
    }

    private double correlation(Series a, Series b) {
        int size = a.returns().length;
        if (a.centred().length == size && b.centred().length == size) {
            return size < rule.minSamples() ? Double.NaN : bounded(dot(a.centred(), b.centred()));
        }
        double[] left = new double[size];
        double[] right = new double[size];
        int common = 0;
        for (int i = 0; i < size; i++) {
            if (!Double.isNaN(a.returns()[i]) && !Double.isNaN(b.returns()[i])) {
                left[common] = a.returns()[i];
                right[common++] = b.returns()[i];
            }
        }
        if (common < rule.minSamples()) {
            return Double.NaN;
        }
        double[] x = centred(java.util.Arrays.copyOf(left, common));
        double[] y = centred(java.util.Arrays.copyOf(right, common));
        return x.length == 0 || y.length == 0 ? Double.NaN : bounded(dot(x, y));
    }

    /** Empty when a number is missing or all are the same. */
    private static double[] centred(double[] numbers) {
        double mean = 0;
        for (double number : numbers) {
            mean += number / numbers.length;
        }
        double[] centred = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            centred[i] = numbers[i] - mean;
        }
        double norm = Math.sqrt(dot(centred, centred));
        if (Double.isNaN(norm) || norm <= Math.ulp(mean) * numbers.length) {
            return new double[0];
        }
        for (int i = 0; i < centred.length; i++) {
            centred[i] /= norm;
        }
        return centred;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double bounded(double correlation) {
        return Math.max(-1, Math.min(1, correlation));
    }
}
