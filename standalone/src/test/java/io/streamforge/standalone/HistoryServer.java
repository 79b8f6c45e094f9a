package io.streamforge.standalone;

import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.SqlDatabase;

/** A database server that a replication reads from or writes to, and that dies and comes back. */
interface HistoryServer extends AutoCloseable {

    String connector();

    int port();

    SqlDatabase newDatabase();

    /** What the tables of a database are qualified with. */
    String schema(SqlDatabase database);

    /** Dies without farewell, and is back when the call returns or moments later. */
    void crash();

    @Override
    void close();

    static HistoryServer mariaDb() {
        EmbeddedMySqlServer server = EmbeddedMySqlServer.start();
        return new HistoryServer() {

            @Override
            public String connector() {
                return "mysql";
            }

            @Override
            public int port() {
                return server.port();
            }

            @Override
            public SqlDatabase newDatabase() {
                return server.newDatabase();
            }

            @Override
            public String schema(SqlDatabase database) {
                return ((MySqlDatabase) database).name();
            }

            @Override
            public void crash() {
                server.kill();
                server.restart();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    static HistoryServer postgres() {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
        return new HistoryServer() {

            @Override
            public String connector() {
                return "postgresql";
            }

            @Override
            public int port() {
                return server.port();
            }

            @Override
            public SqlDatabase newDatabase() {
                return server.newDatabase();
            }

            @Override
            public String schema(SqlDatabase database) {
                return "public";
            }

            @Override
            public void crash() {
                server.crash();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
