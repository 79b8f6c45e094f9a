/**
 * queue-manager: keeps workflows, runs them, and answers for them.
 *
 * <p>{@link io.streamforge.queue.QueueManagerApplication} puts the parts together; {@link
 * io.streamforge.queue.QueueManagerProperties} says what can be configured.
 */
@NullMarked
package io.streamforge.queue;

import org.jspecify.annotations.NullMarked;
