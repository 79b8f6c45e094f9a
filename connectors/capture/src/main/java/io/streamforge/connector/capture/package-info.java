/**
 * Change data capture, without any one database: the rows a table has, and every change to them from then on, in one split.
 *
 * <p>The <em>log</em> is what a database writes of its changes (binlog, WAL), in commit order. A <em>log position</em> is a place in
 * it. A table is read in <em>chunks</em>, key range by key range, beside the running log. The <em>window</em> of a chunk is what the
 * log says between the moment the chunk was read (the low watermark) and the <em>high watermark</em>, a log position taken after it;
 * a row of the chunk that the window changes is dropped, for the log has a newer one. The <em>capture position</em> is log position
 * and progress of each table together.
 */
@NullMarked
package io.streamforge.connector.capture;

import org.jspecify.annotations.NullMarked;
