package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import java.util.List;

/** The connector {@code postgresql}. */
public final class PostgresConnector implements SinkConnector {

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "postgresql",
                "PostgreSQL",
                "Tables of a PostgreSQL database (12 or newer). Rows are copied in binary; every value is stored exactly, in a "
                        + "documented normal form, or its row is rejected.",
                null,
                new Role(
                        "sink-connector",
                        List.of(
                                JdbcOptions.url(
                                        "The database, as the PostgreSQL JDBC driver writes it.",
                                        "jdbc:postgresql://db.example:5432/warehouse"),
                                JdbcOptions.username(),
                                JdbcOptions.password(),
                                JdbcOptions.table(),
                                JdbcOptions.mode(),
                                JdbcOptions.key(),
                                JdbcOptions.createTable(),
                                JdbcOptions.timeout(
                                        JdbcOptions.CONNECT_TIMEOUT, "How long connecting may take.", "10s"),
                                JdbcOptions.timeout(
                                        JdbcOptions.SOCKET_TIMEOUT,
                                        "How long the server may take to answer before the connection counts as lost.",
                                        "5m")),
                        "Each row is written once: offsets are stored in the table streamforge_offsets of the target's "
                                + "schema, in the transaction of the rows."));
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        JdbcSettings settings = new JdbcSettings(
                JdbcAccess.of(options),
                JdbcOptions.tableName(options.string(JdbcOptions.TABLE)),
                WriteMode.ofOption(options.string(JdbcOptions.MODE)),
                options.list(JdbcOptions.KEY),
                options.flag(JdbcOptions.CREATE_TABLE));
        String place = PostgresConnections.place(settings.access().url());
        if (place == null) {
            throw JdbcOptions.wrong(
                    JdbcOptions.URL, "not a PostgreSQL URL", "for example jdbc:postgresql://db.example:5432/warehouse");
        }
        return new JdbcSink(new PostgresDialect(settings, place), settings);
    }
}
