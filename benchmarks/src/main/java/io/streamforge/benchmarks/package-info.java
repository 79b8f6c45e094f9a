/**
 * Micro-benchmarks. A <b>row</b> here is the nine-column order of {@link io.streamforge.benchmarks.Orders}, about 190 bytes as
 * CSV.
 */
@NullMarked
package io.streamforge.benchmarks;

import org.jspecify.annotations.NullMarked;
