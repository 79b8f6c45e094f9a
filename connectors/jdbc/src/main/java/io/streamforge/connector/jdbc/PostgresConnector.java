package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphConnector;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.source.JdbcSource;
import io.streamforge.connector.jdbc.source.PostgresReads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The connector {@code postgresql}. */
public final class PostgresConnector implements SourceConnector, GraphConnector {

    private static final OptionSpec URL = JdbcOptions.url(
            "The database, as the PostgreSQL JDBC driver writes it.", "jdbc:postgresql://db.example:5432/warehouse");
    private static final OptionSpec CONNECT_TIMEOUT =
            JdbcOptions.timeout(JdbcOptions.CONNECT_TIMEOUT, "How long connecting may take.", "10s");
    private static final OptionSpec SOCKET_TIMEOUT = JdbcOptions.timeout(
            JdbcOptions.SOCKET_TIMEOUT,
            "How long the server may take to answer before the connection counts as lost.",
            "5m");

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "postgresql",
                "PostgreSQL",
                "Tables of a PostgreSQL database (12 or newer). Rows are copied in binary, both ways; every value is kept"
                        + " exactly, in a documented normal form, or its row is rejected.",
                new Role(
                        "loader-producer",
                        sourceOptions(),
                        "Each row is read once as of one moment; after an interruption, reading goes on behind the last"
                                + " row that was committed, as of a later moment."),
                new Role(
                        "sink-connector",
                        sinkOptions(),
                        "Each row is written once: offsets are stored in the table streamforge_offsets of the target's "
                                + "schema, in the transaction of the rows."));
    }

    private static List<OptionSpec> sourceOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(URL, JdbcOptions.username(), JdbcOptions.password()));
        options.addAll(JdbcOptions.reading());
        options.addAll(List.of(CONNECT_TIMEOUT, SOCKET_TIMEOUT));
        return options;
    }

    private static List<OptionSpec> sinkOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                URL,
                JdbcOptions.username(),
                JdbcOptions.password(),
                JdbcOptions.table(),
                JdbcOptions.mode(),
                JdbcOptions.key(),
                JdbcOptions.createTable()));
        options.addAll(JdbcOptions.statements(JdbcOptions.ATOMIC));
        options.addAll(List.of(CONNECT_TIMEOUT, SOCKET_TIMEOUT));
        return options;
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(JdbcAccess.of(options), options);
        return new JdbcSink(new PostgresDialect(settings, place(settings.access())), settings);
    }

    @Override
    public GraphStore graph(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(JdbcAccess.of(options), options);
        return JdbcGraph.open(new PostgresDialect(settings, place(settings.access())), settings);
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        JdbcAccess access = JdbcAccess.of(options);
        PostgresReads reads = new PostgresReads(access, place(access));
        return new JdbcSource(reads, JdbcOptions.readSettings(options, access), Clock.systemUTC());
    }

    private static String place(JdbcAccess access) throws ConnectorException {
        String place = PostgresConnections.place(access.url());
        if (place == null) {
            throw JdbcOptions.wrong(
                    JdbcOptions.URL, "not a PostgreSQL URL", "for example jdbc:postgresql://db.example:5432/warehouse");
        }
        return place;
    }
}
