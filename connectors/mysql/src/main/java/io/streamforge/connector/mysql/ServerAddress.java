package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.network.SSLMode;
import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;

/**
 * Where a server is and who connects.
 *
 * @param jdbcUrl for the driver
 * @param database named in the URL, null when none is
 */
record ServerAddress(
        String jdbcUrl,
        String host,
        int port,
        @Nullable String database,
        String username,
        String password,
        SSLMode tls,
        Duration connectTimeout) {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

    /** @throws ConnectorException when the URL is not one of these servers */
    static ServerAddress of(String url, Optional<String> username, Optional<String> password, Duration connectTimeout)
            throws ConnectorException {
        Configuration parsed = parse(url);
        HostAddress first = parsed.addresses().get(0);
        return new ServerAddress(
                driverUrl(url),
                first.host,
                first.port,
                parsed.database(),
                username.orElseGet(() -> parsed.user() == null ? "" : parsed.user()),
                password.orElseGet(() -> parsed.password() == null ? "" : parsed.password()),
                tls(parsed),
                connectTimeout);
    }

    private static Configuration parse(String url) throws ConnectorException {
        Configuration parsed = null;
        SQLException failure = null;
        try {
            parsed = Configuration.parse(driverUrl(url));
        } catch (SQLException e) {
            failure = e;
        }
        if (parsed == null || parsed.addresses().isEmpty()) {
            throw new ConnectorException(
                    "OPTION-VALUE",
                    Category.FATAL,
                    "url: not a MySQL or MariaDB URL",
                    "for example jdbc:mysql://db.example:3306/shop",
                    failure);
        }
        return parsed;
    }

    private static String driverUrl(String url) {
        return url.startsWith(MYSQL) ? MARIADB + url.substring(MYSQL.length()) : url;
    }

    private static SSLMode tls(Configuration parsed) {
        return switch (parsed.sslMode()) {
            case DISABLE -> SSLMode.DISABLED;
            case TRUST -> SSLMode.REQUIRED;
            case VERIFY_CA -> SSLMode.VERIFY_CA;
            case VERIFY_FULL -> SSLMode.VERIFY_IDENTITY;
        };
    }

    String place() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return username + "@" + place();
    }
}
