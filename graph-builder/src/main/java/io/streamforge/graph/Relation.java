package io.streamforge.graph;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The edges of a relation as of its last boundary. At a boundary, edges of the window that ends there are given and those of
 * the boundary before that are no longer among them are deleted. A boundary counts as passed when a row is later than it by the
 * rule's delay; a row that is later still counts in the windows to come, as long as they hold its step.
 */
final class Relation {

    private static final long NONE = Long.MIN_VALUE;

    private final RelationRule rule;
    private final Measure measure;
    /** Of each step the offset of its first row. */
    private final long[] offsets;

    private Set<String> given = Set.of();
    private long newest = NONE;
    private long boundary = NONE;
    private OptionalLong needed = OptionalLong.empty();

    /**
     * What one row says.
     *
     * @param index of the relation
     */
    record Observation(int index, String from, String to, long micros, double value) {}

    Relation(RelationRule rule) {
        this.rule = rule;
        measure = rule.newMeasure();
        offsets = new long[rule.keptSteps()];
        Arrays.fill(offsets, Long.MAX_VALUE);
    }

    void accept(Observation row, long offset, ElementWriter writer) {
        long step = Math.floorDiv(row.micros(), rule.stepMicros());
        if (newest != NONE && step <= newest - offsets.length) {
            return;
        }
        if (newest == NONE || step > newest) {
            advance(step, offset, writer);
        }
        int slot = slot(step);
        offsets[slot] = Math.min(offsets[slot], offset);
        measure.add(row.from(), row.to(), step, row.value());
        if (needed.isEmpty()) {
            needed = OptionalLong.of(offset);
        }
    }

    /** Gives the edges of the window that ends with the newest row. */
    void end(ElementWriter writer) {
        if (newest != NONE) {
            give(newest + 1, writer);
        }
    }

    /** Offset of the oldest row that edges still to be given, or deleted, depend on. */
    OptionalLong needed() {
        return needed;
    }

    private void advance(long step, long offset, ElementWriter writer) {
        rule.every().ifPresent(every -> {
            long passed = Math.floorDiv(step - rule.delay(), every) * every;
            if (boundary == NONE || passed > boundary) {
                boundary = passed;
                give(passed, writer);
                measure.forgetBefore(passed - rule.window() - 1);
            }
        });
        for (long skipped = newest == NONE ? step : Math.max(newest + 1, step - offsets.length + 1);
                skipped <= step;
                skipped++) {
            offsets[slot(skipped)] = Long.MAX_VALUE;
        }
        newest = step;
        offsets[slot(step)] = offset;
        needed = OptionalLong.of(oldest());
    }

    private void give(long end, ElementWriter writer) {
        List<Weighed> edges = Selection.of(measure.weigh(end - rule.window(), end), rule);
        long time = end * rule.stepMicros();
        Validity validity =
                new Validity(Moments.ofMicros((end - rule.window()) * rule.stepMicros()), Moments.ofMicros(time));
        Set<String> ids = edges.stream().map(Weighed::id).collect(Collectors.toCollection(LinkedHashSet::new));
        given.stream().filter(id -> !ids.contains(id)).forEach(id -> writer.removeEdge(id, time));
        for (Weighed edge : edges) {
            Element.Identity identity = new Element.Identity(edge.id(), rule.label(), null, edge.from(), edge.to());
            writer.edge(identity, edge.weight(), ElementWriter.NO_PROPERTIES, validity, time);
        }
        given = ids;
    }

    private long oldest() {
        long first = newest - offsets.length + 1;
        if (boundary != NONE) {
            first = Math.max(first, boundary - rule.window() - 1);
        }
        long oldest = Long.MAX_VALUE;
        for (long step = first; step <= newest; step++) {
            oldest = Math.min(oldest, offsets[slot(step)]);
        }
        return oldest;
    }

    private int slot(long step) {
        return Math.floorMod(step, offsets.length);
    }
}
