package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import java.util.ArrayList;
import java.util.List;

/** The connector {@code postgresql}. */
public final class PostgresConnector implements SinkConnector {

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "postgresql",
                "PostgreSQL",
                "Tables of a PostgreSQL database (12 or newer). Rows are copied in binary; every value is stored"
                        + " exactly, in a documented normal form, or its row is rejected.",
                null,
                new Role(
                        "sink-connector",
                        sinkOptions(),
                        "Each row is written once: offsets are stored in the table streamforge_offsets of the target's "
                                + "schema, in the transaction of the rows."));
    }

    private static List<OptionSpec> sinkOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                JdbcOptions.url(
                        "The database, as the PostgreSQL JDBC driver writes it.",
                        "jdbc:postgresql://db.example:5432/warehouse"),
                JdbcOptions.username(),
                JdbcOptions.password(),
                JdbcOptions.table(),
                JdbcOptions.mode(),
                JdbcOptions.key(),
                JdbcOptions.createTable()));
        options.addAll(JdbcOptions.statements(JdbcOptions.ATOMIC));
        options.add(JdbcOptions.timeout(JdbcOptions.CONNECT_TIMEOUT, "How long connecting may take.", "10s"));
        options.add(JdbcOptions.timeout(
                JdbcOptions.SOCKET_TIMEOUT,
                "How long the server may take to answer before the connection counts as lost.",
                "5m"));
        return options;
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(JdbcAccess.of(options), options);
        String place = PostgresConnections.place(settings.access().url());
        if (place == null) {
            throw JdbcOptions.wrong(
                    JdbcOptions.URL, "not a PostgreSQL URL", "for example jdbc:postgresql://db.example:5432/warehouse");
        }
        return new JdbcSink(new PostgresDialect(settings, place), settings);
    }
}
