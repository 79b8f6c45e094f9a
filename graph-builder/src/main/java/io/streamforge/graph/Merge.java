package io.streamforge.graph;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What becomes of a property when another row has a value for it. A row without a value (null) changes nothing but by LAST. */
enum Merge {
    LAST,
    FIRST,
    MIN,
    MAX,
    SUM,
    COUNT;

    /**
     * @param old null when there is none yet
     * @param value null when the row has none
     */
    @Nullable Object fold(@Nullable Object old, @Nullable Object value) {
        if (this == LAST) {
            return value;
        }
        if (value == null) {
            return old;
        }
        return switch (this) {
            case COUNT -> old == null ? 1L : (Long) old + 1;
            case SUM -> old == null ? value : sum(old, value);
            case MIN -> old == null || compare(value, old) < 0 ? value : old;
            case MAX -> old == null || compare(value, old) > 0 ? value : old;
            default -> old == null ? value : old;
        };
    }

    /** True when the element's value depends on more than the last row. */
    boolean accumulates() {
        return this != LAST;
    }

    private static Object sum(Object old, Object value) {
        if (old instanceof Double a && value instanceof Double b) {
            return a + b;
        }
        return decimal(old).add(decimal(value));
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) number);
    }

    /** Values of an expression have one class, and those of the types that may be compared are comparable. */
    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }
}
