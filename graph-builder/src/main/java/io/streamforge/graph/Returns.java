package io.streamforge.graph;

/** How a vertex's numbers are made comparable: by what changes from one step to the next, or as they are. */
enum Returns {
    LOG,
    SIMPLE,
    NONE;

    /** NaN when there is none, as for the logarithm of a price that is not positive. */
    double of(double before, double now) {
        return switch (this) {
            case LOG -> before > 0 && now > 0 ? Math.log(now / before) : Double.NaN;
            case SIMPLE -> now / before - 1;
            case NONE -> now;
        };
    }
}
