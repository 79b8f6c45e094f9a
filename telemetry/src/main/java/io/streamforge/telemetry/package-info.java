/**
 * What processes say about themselves. A <em>metric</em> is one of the catalogue ({@link io.streamforge.telemetry.Metric}), a
 * <em>series</em> a metric with the values of its labels, a <em>scrape</em> all series of a process at a moment: they are made anew
 * each time, so a series goes away with what it was about.
 */
@NullMarked
package io.streamforge.telemetry;

import org.jspecify.annotations.NullMarked;
