/**
 * The port behind which metadata is kept: workflows, runs with their history, audit, schemas, offsets.
 *
 * <p>Documents are JSON as {@link io.streamforge.messages.Json#MAPPER} writes them; what is searched for stands beside the
 * document (see {@link io.streamforge.queue.store.Store}). All changes of one call are made together or not at all, and are
 * durable when the call returns.
 */
@NullMarked
package io.streamforge.queue.store;

import org.jspecify.annotations.NullMarked;
