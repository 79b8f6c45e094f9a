package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connector {@code sqlite}. */
public final class SqliteConnector implements SinkConnector {

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "sqlite",
                "SQLite",
                "Tables of a SQLite file, which is created when it is missing. What SQLite has no type for is stored"
                        + " as text that reads back exactly.",
                null,
                new Role(
                        "sink-connector",
                        sinkOptions(),
                        "Each row is written once: offsets are stored in the file's table streamforge_offsets, in the"
                                + " transaction of the rows."));
    }

    private static List<OptionSpec> sinkOptions() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                JdbcOptions.url(
                        "The database file, as the SQLite JDBC driver writes it.",
                        "jdbc:sqlite:/var/lib/streamforge/orders.db"),
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
        options.add(JdbcOptions.timeout(
                JdbcOptions.BUSY_TIMEOUT, "How long to wait while another program writes to the file.", "10s"));
        return options;
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        JdbcSettings settings = JdbcSettings.of(access(options), options);
        if (!settings.table().schema().orElse("main").equals("main")) {
            throw JdbcOptions.wrong(JdbcOptions.TABLE, "SQLite has no schemas but 'main'", "name the table alone");
        }
        SqliteFile file = SqliteFile.parse(settings.access().url())
                .orElseThrow(() -> JdbcOptions.wrong(
                        JdbcOptions.URL, "not the URL of a SQLite file", "for example jdbc:sqlite:orders.db"));
        return new JdbcSink(new SqliteDialect(settings, file), settings);
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
