package io.streamforge.connector.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions that had begun before all captured tables were published. One of them may have changed a table that was not,
 * of which the log says nothing: such a table is read once they are over. For one thread.
 */
final class EarlierTransactions {

    private static final Logger log = LoggerFactory.getLogger(EarlierTransactions.class);

    /** Longer than most transactions take; a table that waits for this long waits for somebody. */
    private static final Duration UNTOLD = Duration.ofSeconds(10);

    private final Server server;
    private final long begun;
    private final long since = System.nanoTime();
    private boolean over;
    private boolean told;

    /** @param begun id of the first transaction that is none of them */
    EarlierTransactions(Server server, long begun) {
        this.server = server;
        this.begun = begun;
    }

    /** @param table that waits for it */
    boolean over(String table) throws SQLException {
        over = over || server.visible().xmin() >= begun;
        if (!over && !told && System.nanoTime() - since >= UNTOLD.toNanos()) {
            told = true;
            log.atWarn()
                    .addKeyValue("table", table)
                    .addKeyValue("oldest_transaction", server.oldestWriter())
                    .addKeyValue("suggestion", "end the transactions that pg_stat_activity and pg_prepared_xacts show")
                    .log("a new table waits for transactions that are older than its capture");
        }
        return over;
    }
}
