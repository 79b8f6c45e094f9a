/**
 * Workflows: what users store and start.
 *
 * <p>A <b>definition</b> is what the user wrote, with every plain-text secret replaced by a reference. Each change of it makes a
 * new <b>version</b>.
 */
@NullMarked
package io.streamforge.queue.workflow;

import org.jspecify.annotations.NullMarked;
