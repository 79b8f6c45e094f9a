/**
 * The broker as queue-manager uses it: commands and schemas out, events in, topics made and removed. No transaction, no data
 * record passes through here.
 */
@NullMarked
package io.streamforge.queue.kafka;

import org.jspecify.annotations.NullMarked;
