package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** A connection for questions to the server: how it is set up, what tables there are, where its log ends. */
final class ServerSession implements AutoCloseable {

    private static final int SOCKET_TIMEOUT_MILLIS = 300_000;
    private static final String VERSION = "version";

    private final ServerAddress address;
    private final Connection connection;

    private ServerSession(ServerAddress address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    static ServerSession open(ServerAddress address) throws ConnectorException {
        Properties properties = new Properties();
        properties.setProperty("user", address.username());
        properties.setProperty("password", address.password());
        properties.setProperty(
                "connectTimeout", String.valueOf(address.connectTimeout().toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_MILLIS));
        properties.setProperty("tcpKeepAlive", "true");
        // The binary protocol: floating point as text would lose digits.
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("sessionVariables", "time_zone='+00:00'");
        try {
            Connection connection = new Driver().connect(address.jdbcUrl(), properties);
            return new ServerSession(address, java.util.Objects.requireNonNull(connection));
        } catch (SQLException e) {
            throw Failures.query(address, "connecting", e);
        }
    }

    ServerAddress address() {
        return address;
    }

    Connection connection() {
        return connection;
    }

    /** The server's global variables of these names, those it has. */
    Map<String, String> variables(String... names) throws ConnectorException {
        String list = "'" + String.join("','", names) + "'";
        Map<String, String> values = new LinkedHashMap<>();
        for (List<String> row : rows("SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + list + ")")) {
            values.put(row.get(0).toLowerCase(Locale.ROOT), row.get(1));
        }
        return values;
    }

    Server server() throws ConnectorException {
        Map<String, String> values =
                variables(VERSION, "version_comment", "server_uuid", "server_id", "gtid_domain_id");
        String version = values.getOrDefault(VERSION, "");
        boolean mariaDb = version.toLowerCase(Locale.ROOT).contains("mariadb") || values.containsKey("gtid_domain_id");
        String identity = mariaDb
                ? "mariadb-" + values.get("server_id") + "-" + values.get("gtid_domain_id")
                : values.getOrDefault("server_uuid", "");
        return new Server(mariaDb, version, identity);
    }

    /** The end of the log, with no layouts. */
    BinlogPosition logEnd(Server server) throws ConnectorException {
        String statement = server.showsBinaryLogStatus() ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
        List<List<String>> rows = rows(statement);
        if (rows.isEmpty()) {
            throw ReadinessCheck.withoutLog(address);
        }
        List<String> row = rows.get(0);
        String file = row.get(0);
        long offset = Long.parseLong(row.get(1));
        return new BinlogPosition(
                server.identity(), file, offset, 0, gtids(server, row, file, offset), 0, Layouts.NONE);
    }

    private String gtids(Server server, List<String> status, String file, long offset) throws ConnectorException {
        if (!server.mariaDb()) {
            return status.size() > 4 ? status.get(4).replace("\n", "") : "";
        }
        return rows("SELECT BINLOG_GTID_POS('" + file + "', " + offset + ")")
                .get(0)
                .get(0);
    }

    /** Rows as texts; null is the empty text. */
    List<List<String>> rows(String sql, Object... parameters) throws ConnectorException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw Failures.query(address, sql, e);
        }
    }

    private static List<List<String>> rows(ResultSet result) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                String text = result.getString(i);
                row.add(text == null ? "" : text);
            }
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(ServerSession.class)
                    .atDebug()
                    .setCause(e)
                    .log("connection not closed cleanly");
        }
    }
}
