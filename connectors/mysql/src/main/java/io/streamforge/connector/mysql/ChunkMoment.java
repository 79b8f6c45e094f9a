package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.GtidSet;
import io.streamforge.connector.ConnectorException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The moment as of which a chunk is read. A server writes its log before it commits, so a transaction that the log has told
 * of may not be seen yet: each kind of moment says how it makes sure that it is.
 */
abstract class ChunkMoment {

    private static final long LOOK_AGAIN_MILLIS = 2;

    private final ServerSession session;

    private ChunkMoment(ServerSession session) {
        this.session = session;
    }

    static ChunkMoment of(ServerSession session, Server server) throws ConnectorException {
        if (server.mariaDb()) {
            return new MariaDb(session, server);
        }
        boolean gtids = "ON".equals(session.variables("gtid_mode").get("gtid_mode"));
        return gtids ? new MySqlByGtid(session, server) : new MySqlByLocks(session, server);
    }

    /**
     * Begins a transaction that sees everything before {@code told}.
     *
     * @return a place whose changes the transaction sees all
     */
    abstract BinlogPosition begin(BinlogPosition told) throws SQLException, ConnectorException, InterruptedException;

    /** What the query of the chunk ends with. */
    String suffix() {
        return "";
    }

    /** A place behind which the log tells of everything the transaction does not see, asked for after the chunk was read. */
    abstract BinlogPosition high(BinlogPosition begun) throws ConnectorException;

    void end() throws SQLException {
        execute("COMMIT");
    }

    final void execute(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    final ServerSession session() {
        return session;
    }

    static void lookAgain() throws InterruptedException {
        Thread.sleep(LOOK_AGAIN_MILLIS);
    }

    /** A consistent snapshot knows its place in the log exactly. */
    private static final class MariaDb extends ChunkMoment {

        private static final String FILE = "binlog_snapshot_file";
        private static final String OFFSET = "binlog_snapshot_position";

        private final Server server;

        MariaDb(ServerSession session, Server server) {
            super(session);
            this.server = server;
        }

        @Override
        BinlogPosition begin(BinlogPosition told) throws SQLException, ConnectorException, InterruptedException {
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            while (true) {
                execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
                Map<String, String> place = new LinkedHashMap<>();
                for (List<String> row : session().rows("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
                    place.put(row.get(0).toLowerCase(java.util.Locale.ROOT), row.get(1));
                }
                BinlogPosition seen = new BinlogPosition(
                        server.identity(),
                        place.getOrDefault(FILE, ""),
                        Long.parseLong(place.getOrDefault(OFFSET, "0")),
                        0,
                        "",
                        0,
                        Layouts.NONE);
                if (seen.covers(told)) {
                    return seen;
                }
                execute("COMMIT");
                lookAgain();
            }
        }

        @Override
        BinlogPosition high(BinlogPosition begun) {
            return begun;
        }
    }

    /** A transaction id is in the server's set once its changes are seen. */
    private static final class MySqlByGtid extends ChunkMoment {

        private final Server server;

        MySqlByGtid(ServerSession session, Server server) {
            super(session);
            this.server = server;
        }

        @Override
        BinlogPosition begin(BinlogPosition told) throws SQLException, ConnectorException, InterruptedException {
            GtidSet wanted = new GtidSet(told.gtids());
            while (!wanted.isContainedWithin(new GtidSet(executed()))) {
                lookAgain();
            }
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            return told;
        }

        private String executed() throws ConnectorException {
            return session().rows("SELECT @@GLOBAL.gtid_executed").get(0).get(0).replace("\n", "");
        }

        @Override
        BinlogPosition high(BinlogPosition begun) throws ConnectorException {
            return session().logEnd(server);
        }
    }

    /** Without ids, reading under shared row locks waits for the commits that are under way; the locks go with the chunk. */
    private static final class MySqlByLocks extends ChunkMoment {

        private final Server server;

        MySqlByLocks(ServerSession session, Server server) {
            super(session);
            this.server = server;
        }

        @Override
        BinlogPosition begin(BinlogPosition told) throws SQLException {
            execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            execute("START TRANSACTION");
            return told;
        }

        @Override
        String suffix() {
            return " FOR SHARE";
        }

        @Override
        BinlogPosition high(BinlogPosition begun) throws ConnectorException {
            return session().logEnd(server);
        }
    }
}
