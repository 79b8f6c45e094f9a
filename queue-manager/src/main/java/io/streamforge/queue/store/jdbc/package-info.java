/**
 * Metadata in a relational database: one implementation, and a {@link io.streamforge.queue.store.jdbc.Dialect} for what differs.
 *
 * <p>A <b>migration</b> is a numbered SQL resource that brings the schema from one version to the next. A <b>group</b> is the
 * writes that wait at the same moment: they share a transaction, each behind a savepoint of its own.
 */
@NullMarked
package io.streamforge.queue.store.jdbc;

import org.jspecify.annotations.NullMarked;
