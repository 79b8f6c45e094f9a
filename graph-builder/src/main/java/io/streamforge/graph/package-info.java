/**
 * The stage {@code graph}: rows in, vertices and edges out.
 *
 * <p>A <b>rule</b> says how a row becomes a vertex or an edge; the result is an <b>element</b>, known by its <b>id</b>. Several
 * rows may make the same element: each of its properties is <b>merged</b> by a rule of its own. A <b>relation</b> is an edge
 * that no single row tells: it is weighed from the rows of a <b>window</b>, a span of event time that is divided into
 * <b>steps</b> and ends at a <b>boundary</b>.
 */
@NullMarked
package io.streamforge.graph;

import org.jspecify.annotations.NullMarked;
