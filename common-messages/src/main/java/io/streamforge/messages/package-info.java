/**
 * What the programs of a fleet say to one another.
 *
 * <p>A <b>workflow</b> is what a user describes; a <b>run</b>, named by its queue id, is one execution of it; a <b>vertex</b>
 * is one worker of the compiled job graph; a <b>task</b> is what one attempt of a vertex is asked to do; a <b>split</b> is a
 * part of a source that is read on its own. Commands travel on {@code queue-control}, events on {@code queue-events}.
 */
@NullMarked
package io.streamforge.messages;

import org.jspecify.annotations.NullMarked;
