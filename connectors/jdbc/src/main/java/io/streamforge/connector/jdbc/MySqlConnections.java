package io.streamforge.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;

/** Connects to MySQL and MariaDB within the limits of its access, by MariaDB's driver for both. */
public final class MySqlConnections {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

    private final JdbcAccess access;

    public MySqlConnections(JdbcAccess access) {
        this.access = access;
    }

    /** The server and database of a URL, for people; null when the URL is not one of MySQL or MariaDB. */
    static @Nullable String place(String url) {
        try {
            Configuration parsed = Configuration.parse(driverUrl(url));
            if (parsed == null || parsed.addresses().isEmpty() || parsed.database() == null) {
                return null;
            }
            HostAddress address = parsed.addresses().get(0);
            return address.host + ":" + address.port + "/" + parsed.database();
        } catch (SQLException | IllegalArgumentException e) {
            return null;
        }
    }

    /** @param program what the server's administrator sees */
    public Connection connect(String program) throws SQLException {
        Properties properties = new Properties();
        access.username().ifPresent(user -> properties.setProperty("user", user));
        access.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("connectTimeout", Long.toString(access.timeout().toMillis()));
        properties.setProperty(
                "socketTimeout", Long.toString(access.socketTimeout().toMillis()));
        properties.setProperty("connectionAttributes", "program_name:" + program.replaceAll("[,:]", "_"));
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = new Driver().connect(driverUrl(access.url()), properties);
        if (connection == null) {
            throw new SQLException("not a MySQL or MariaDB URL", "08001");
        }
        return connection;
    }

    private static String driverUrl(String url) {
        return url.startsWith(MYSQL) ? MARIADB + url.substring(MYSQL.length()) : url;
    }
}
