package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.jdbc.source.DriverReads;
import io.streamforge.connector.jdbc.source.Drivers;
import io.streamforge.connector.jdbc.source.JdbcSource;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The connector {@code jdbc}, for databases that have none of their own. */
public final class JdbcConnector implements SourceConnector {

    private static final OptionSpec URL = JdbcOptions.url(
            "The database, as its JDBC driver writes it. Time-outs of connecting stand there, too.",
            "jdbc:h2:tcp://db.example/warehouse");
    private static final OptionSpec SOCKET_TIMEOUT = JdbcOptions.timeout(
            JdbcOptions.SOCKET_TIMEOUT,
            "How long the server may take to answer before the connection counts as lost, where the driver can tell.",
            "5m");

    private final Drivers drivers;

    public JdbcConnector() {
        this(Drivers.installed());
    }

    JdbcConnector(Drivers drivers) {
        this.drivers = drivers;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        List<OptionSpec> options = new ArrayList<>(List.of(URL, JdbcOptions.username(), JdbcOptions.password()));
        options.addAll(JdbcOptions.reading());
        options.add(SOCKET_TIMEOUT);
        return new ConnectorDescriptor(
                "jdbc",
                "Any database with a JDBC driver",
                "Tables and queries of a database that has no connector of its own, by its JDBC driver (4.2 or newer). The driver's jar"
                        + " lies on the class path or in the directory that the environment variable "
                        + Drivers.DIRECTORY
                        + " names, of queue-manager and of the workers. Types that the standard does"
                        + " not know are refused, so that no value changes.",
                new Role(
                        "loader-producer",
                        options,
                        "Each row is read once, each range by one query; after an interruption, reading goes on behind the last row that"
                                + " was committed, where the table has a unique key. What a query sees of simultaneous changes is"
                                + " the database's default."),
                null);
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        JdbcAccess access = new JdbcAccess(
                options.string(JdbcOptions.URL),
                options.optional(JdbcOptions.USERNAME),
                options.optional(JdbcOptions.PASSWORD),
                Duration.ZERO,
                options.duration(JdbcOptions.SOCKET_TIMEOUT));
        return new JdbcSource(
                new DriverReads(access, driver(access)), JdbcOptions.readSettings(options, access), Clock.systemUTC());
    }

    private Driver driver(JdbcAccess access) throws ConnectorException {
        try {
            return drivers.of(access.url())
                    .orElseThrow(() -> new ConnectorException(
                            "JDBC-NO-DRIVER",
                            Category.FATAL,
                            "url: no JDBC driver takes '" + DriverReads.scheme(access.url()) + "…'",
                            "put the driver's jar into a directory and name it by " + Drivers.DIRECTORY
                                    + " in the environment of queue-manager and workers"
                                    + drivers.directory()
                                            .map(path -> "; now it names " + path)
                                            .orElse("")));
        } catch (SQLException e) {
            throw new ConnectorException(
                    "JDBC-NO-DRIVER", Category.FATAL, "url: a driver fails: " + e.getMessage(), null, e);
        }
    }
}
