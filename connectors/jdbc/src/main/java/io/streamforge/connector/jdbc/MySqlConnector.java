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
import io.streamforge.connector.jdbc.source.MySqlReads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The connector {@code mysql}, for MariaDB too. */
public final class MySqlConnector implements SourceConnector, GraphConnector {

    private static final String EXAMPLE = "jdbc:mysql://db.example:3306/shop";

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "mysql",
                "MySQL and MariaDB",
                "Tables of a MySQL (8.0 or newer) or MariaDB (10.6 or newer) database. Every value is kept exactly,"
                        + " in a documented normal form, or its row is rejected.",
                new Role(
                        "loader-producer",
                        sourceOptions(),
                        "Each row is read once, each range of them as of one moment; after an interruption, reading goes on behind "
                                + "the last row that was committed, as of a later moment."),
                new Role(
                        "sink-connector",
                        sinkOptions(),
                        "Each row is written once: offsets are stored in the table streamforge_offsets of the target's "
                                + "database, in the transaction of the rows. Tables need the engine InnoDB."));
    }

    private static List<OptionSpec> sourceOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                JdbcOptions.url("The database: jdbc:mysql: or jdbc:mariadb:, host, port and name.", EXAMPLE),
                JdbcOptions.username(),
                JdbcOptions.password()));
        options.addAll(JdbcOptions.reading());
        options.addAll(timeouts());
        return options;
    }

    private static List<OptionSpec> sinkOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                JdbcOptions.url("The database: jdbc:mysql: or jdbc:mariadb:, host, port and name.", EXAMPLE),
                JdbcOptions.username(),
                JdbcOptions.password(),
                JdbcOptions.table(),
                JdbcOptions.mode(),
                JdbcOptions.key(),
                JdbcOptions.createTable()));
        options.addAll(
                JdbcOptions.statements("Changes of rows run in one transaction; statements that define tables end it, "
                        + "so that they are executed again when a worker dies right after them."));
        options.addAll(timeouts());
        return options;
    }

    private static List<OptionSpec> timeouts() {
        return List.of(
                JdbcOptions.timeout(JdbcOptions.CONNECT_TIMEOUT, "How long connecting may take.", "10s"),
                JdbcOptions.timeout(
                        JdbcOptions.SOCKET_TIMEOUT,
                        "How long the server may take to answer before the connection counts as lost.",
                        "5m"));
    }

    @Override
    public GraphStore graph(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(JdbcAccess.of(options), options);
        return JdbcGraph.open(new MySqlDialect(settings, place(settings.access())), settings);
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        JdbcAccess access = JdbcAccess.of(options);
        MySqlReads reads = new MySqlReads(access, place(access));
        return new JdbcSource(reads, JdbcOptions.readSettings(options, access), Clock.systemUTC());
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(JdbcAccess.of(options), options);
        return new JdbcSink(new MySqlDialect(settings, place(settings.access())), settings);
    }

    private static String place(JdbcAccess access) throws ConnectorException {
        String place = MySqlConnections.place(access.url());
        if (place == null) {
            throw JdbcOptions.wrong(
                    JdbcOptions.URL, "not a MySQL or MariaDB URL with a database", "for example " + EXAMPLE);
        }
        return place;
    }
}
