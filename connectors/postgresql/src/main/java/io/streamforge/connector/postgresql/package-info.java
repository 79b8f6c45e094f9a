/**
 * The changes of a PostgreSQL database, as its write-ahead log has them.
 *
 * <p>A <em>slot</em> is what the server remembers of a reader: it keeps the log from the confirmed place on. A <em>publication</em>
 * names the tables whose changes are sent. A place in the log is an <em>LSN</em>; a transaction comes as a whole when it has been
 * committed, so the place to go on from is the end of a commit, and inside a transaction the number of what was read of it.
 */
@NullMarked
package io.streamforge.connector.postgresql;

import org.jspecify.annotations.NullMarked;
