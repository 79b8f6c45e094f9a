package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.LogPosition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place in the log.
 *
 * @param server the server's system identifier
 * @param commit end of the last transaction that was read as a whole
 * @param transaction id of the one that has been read in part, 0 at the end of one
 * @param lsn of the last change read of it; rows that one statement wrote together share theirs
 * @param count of the changes read at that LSN
 */
record WalPosition(String server, long commit, long transaction, long lsn, long count) implements LogPosition {

    private static final String SERVER = "server";
    private static final String COMMIT = "commit";
    private static final String TRANSACTION = "tx";
    private static final String LSN = "lsn";
    private static final String COUNT = "count";

    static WalPosition at(String server, long commit) {
        return new WalPosition(server, commit, 0, 0, 0);
    }

    static WalPosition of(Map<String, Object> values) throws ConnectorException {
        if (values.get(SERVER) instanceof String server && values.get(COMMIT) instanceof Number commit) {
            return new WalPosition(
                    server,
                    commit.longValue(),
                    number(values.get(TRANSACTION)),
                    number(values.get(LSN)),
                    number(values.get(COUNT)));
        }
        throw CaptureErrors.position("the position is not one in PostgreSQL's log: " + values);
    }

    private static long number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public boolean covers(LogPosition other) {
        return commit >= ((WalPosition) other).commit;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(SERVER, server);
        values.put(COMMIT, commit);
        if (transaction != 0) {
            values.put(TRANSACTION, transaction);
            values.put(LSN, lsn);
            values.put(COUNT, count);
        }
        return values;
    }
}
