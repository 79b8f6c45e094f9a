package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Connects to PostgreSQL within the limits of its access. */
public final class PostgresConnections {

    /** Longest name of a program, in bytes; the server cuts what is longer. */
    private static final int LONGEST_APPLICATION = 63;

    private final JdbcAccess access;

    public PostgresConnections(JdbcAccess access) {
        this.access = access;
    }

    /** The server and database of a URL, for people; null when the URL is not one of PostgreSQL. */
    public static @Nullable String place(String url) {
        Properties parsed = Driver.parseURL(url, null);
        if (parsed == null) {
            return null;
        }
        return PGProperty.PG_HOST.getOrDefault(parsed) + ":" + PGProperty.PG_PORT.getOrDefault(parsed) + "/"
                + PGProperty.PG_DBNAME.getOrDefault(parsed);
    }

    static String application(String name) {
        return name.length() <= LONGEST_APPLICATION ? name : name.substring(0, LONGEST_APPLICATION);
    }

    /** @param application what the server's administrator sees */
    public Connection connect(String application) throws SQLException {
        Properties properties = new Properties();
        access.username().ifPresent(user -> PGProperty.USER.set(properties, user));
        access.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
        PGProperty.APPLICATION_NAME.set(properties, application(application));
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(access.timeout().toMillis()));
        PGProperty.LOGIN_TIMEOUT.set(properties, 2 * seconds(access.timeout().toMillis()));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(access.socketTimeout().toMillis()));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        Connection connection = new Driver().connect(access.url(), properties);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL URL", "08001");
        }
        return connection;
    }

    private static int seconds(long millis) {
        return (int) Math.max(1, (millis + 999) / 1000);
    }
}
