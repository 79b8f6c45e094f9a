/**
 * Questions about the graphs that workflows write.
 *
 * <p>A <b>known graph</b> is what a sink of a workflow with the operator {@code graph} writes to. A question is answered from
 * there, breadth first and in bounded steps: the <b>frontier</b> are the vertices that were found last.
 */
@NullMarked
package io.streamforge.queue.graph;

import org.jspecify.annotations.NullMarked;
