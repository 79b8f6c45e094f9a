package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphConnector;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.source.JdbcSource;
import io.streamforge.connector.jdbc.source.SqliteReads;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connector {@code sqlite}. */
public final class SqliteConnector implements SourceConnector, GraphConnector {

    private static final OptionSpec URL = JdbcOptions.url(
            "The database file, as the SQLite JDBC driver writes it.", "jdbc:sqlite:/var/lib/streamforge/orders.db");
    private static final OptionSpec BUSY_TIMEOUT = JdbcOptions.timeout(
            JdbcOptions.BUSY_TIMEOUT, "How long to wait while another program writes to the file.", "10s");

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "sqlite",
                "SQLite",
                "Tables of a SQLite file, which is created when it is missing. What SQLite has no type for is stored"
                        + " as text that reads back exactly.",
                new Role(
                        "loader-producer",
                        sourceOptions(),
                        "Each row is read once; after an interruption, reading goes on behind the last row that was"
                                + " committed."),
                new Role(
                        "sink-connector",
                        sinkOptions(),
                        "Each row is written once: offsets are stored in the file's table streamforge_offsets, in the"
                                + " transaction of the rows."));
    }

    private static List<OptionSpec> sourceOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(URL));
        options.addAll(JdbcOptions.reading());
        options.add(BUSY_TIMEOUT);
        return options;
    }

    private static List<OptionSpec> sinkOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                URL,
                OptionSpec.of(
                                JdbcOptions.TABLE,
                                OptionType.STRING,
                                "The table to write to. {schema} and {table} stand for the names at the source, so"
                                        + " that several tables go to as many targets.")
                        .withRequired()
                        .withExample("orders"),
                JdbcOptions.mode(),
                JdbcOptions.key(),
                JdbcOptions.createTable()));
        options.addAll(JdbcOptions.statements(JdbcOptions.ATOMIC));
        options.add(BUSY_TIMEOUT);
        return options;
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(access(options), options);
        if (!settings.table().schema().orElse("main").equals("main")) {
            throw JdbcOptions.wrong(JdbcOptions.TABLE, "SQLite has no schemas but 'main'", "name the table alone");
        }
        return new JdbcSink(new SqliteDialect(settings, file(settings.access())), settings);
    }

    @Override
    public GraphStore graph(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(access(options), options);
        return JdbcGraph.open(new SqliteDialect(settings, file(settings.access())), settings);
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        JdbcAccess access = access(options);
        SqliteReads reads = new SqliteReads(access, file(access));
        return new JdbcSource(reads, JdbcOptions.readSettings(options, access), Clock.systemUTC());
    }

    private static SqliteFile file(JdbcAccess access) throws ConnectorException {
        return SqliteFile.parse(access.url())
                .orElseThrow(() -> JdbcOptions.wrong(
                        JdbcOptions.URL, "not the URL of a SQLite file", "for example jdbc:sqlite:orders.db"));
    }

    private static JdbcAccess access(Options options) {
        return new JdbcAccess(
                options.string(JdbcOptions.URL),
                Optional.empty(),
                Optional.empty(),
                options.duration(JdbcOptions.BUSY_TIMEOUT),
                Duration.ZERO);
    }
}
