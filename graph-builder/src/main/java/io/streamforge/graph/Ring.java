package io.streamforge.graph;

import java.util.Arrays;

/** The numbers of the newest steps; NaN where there is none. */
final class Ring {

    private final double[] values;
    private long newest = Long.MIN_VALUE;

    Ring(int steps) {
        values = new double[steps];
        Arrays.fill(values, Double.NaN);
    }

    long newest() {
        return newest;
    }

    double at(long step) {
        return step > newest || step <= newest - values.length ? Double.NaN : values[slot(step)];
    }

    /** Puts a number in the place of the step's; one of a step that is too old for the ring is dropped. */
    void put(long step, double value) {
        if (reach(step)) {
            values[slot(step)] = value;
        }
    }

    /** Adds a number to the step's. */
    void add(long step, double value) {
        if (reach(step)) {
            double old = values[slot(step)];
            values[slot(step)] = Double.isNaN(old) ? value : old + value;
        }
    }

    private boolean reach(long step) {
        if (newest == Long.MIN_VALUE) {
            newest = step;
        }
        if (step <= newest - values.length) {
            return false;
        }
        for (long skipped = Math.max(newest + 1, step - values.length + 1); skipped <= step; skipped++) {
            values[slot(skipped)] = Double.NaN;
        }
        newest = Math.max(newest, step);
        return true;
    }

    private int slot(long step) {
        return Math.floorMod(step, values.length);
    }
}
