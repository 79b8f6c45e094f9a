/**
 * The {@code arangodb} sink.
 *
 * <p>A row is a <b>document</b>; its <b>key</b> ({@code _key}) is made from the row's key columns. Its <b>version</b> ({@code
 * sf_version}) is the database's time in microseconds when its record was first written, strictly growing within a partition of
 * a topic, and the same again when the record is read again: an older row never replaces a newer one.
 */
@NullMarked
package io.streamforge.connector.arango;

import org.jspecify.annotations.NullMarked;
