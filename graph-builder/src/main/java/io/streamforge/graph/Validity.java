package io.streamforge.graph;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From when (included) to when (excluded) an element holds; null where it is open. */
record Validity(@Nullable Instant from, @Nullable Instant to) {

    static final Validity ALWAYS = new Validity(null, null);
}
