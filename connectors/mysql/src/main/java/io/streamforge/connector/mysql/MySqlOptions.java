package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.capture.CaptureOptions;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.ArrayList;
import java.util.List;

/** The options of a capture, and what they mean together. */
final class MySqlOptions {

    private static final String URL = "url";
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String SERVER_ID = "server_id";
    private static final String MIN_RETENTION = "min_retention";
    private static final String CONNECT_TIMEOUT = "connect_timeout";

    private static final double LARGEST_SERVER_ID = 4_294_967_295d;
    private static final double YEAR_MILLIS = 31_536_000_000d;

    private MySqlOptions() {}

    static List<OptionSpec> all() {
        List<OptionSpec> options = new ArrayList<>();
        options.add(OptionSpec.of(URL, OptionType.STRING, "The server, as the MySQL or MariaDB JDBC driver writes it.")
                .withRequired()
                .withExample("jdbc:mysql://db.example:3306/shop"));
        options.add(OptionSpec.of(USERNAME, OptionType.STRING, "Who connects.").withExample("etl"));
        options.add(OptionSpec.of(PASSWORD, OptionType.STRING, "The user's password.")
                .withSecret()
                .withExample("${secret:shop}"));
        options.addAll(CaptureOptions.all("[shop.orders, shop.order_*]"));
        options.add(OptionSpec.of(
                        SERVER_ID,
                        OptionType.INTEGER,
                        "Number under which the log is read; no other reader or replica of the server may have it. By "
                                + "default a random one above 1,000,000,000.")
                .withBounds(1, LARGEST_SERVER_ID)
                .withExample("5701"));
        options.add(OptionSpec.of(
                        MIN_RETENTION,
                        OptionType.DURATION,
                        "The run does not start when the server keeps its binary logs for less than this, because it could "
                                + "not go on after a pause.")
                .withDefault("1h")
                .withBounds(0, YEAR_MILLIS));
        options.add(OptionSpec.of(CONNECT_TIMEOUT, OptionType.DURATION, "How long connecting may take.")
                .withDefault("10s")
                .withBounds(100, 3_600_000));
        return options;
    }

    static MySqlCaptureSource source(Options options) throws ConnectorException {
        ServerAddress address = ServerAddress.of(
                options.string(URL),
                options.optional(USERNAME),
                options.optional(PASSWORD),
                options.duration(CONNECT_TIMEOUT));
        return new MySqlCaptureSource(
                address,
                tables(options.list(CaptureOptions.TABLES), address),
                CaptureOptions.settings(options),
                options.has(SERVER_ID) ? options.integer(SERVER_ID) : 0,
                options.duration(MIN_RETENTION));
    }

    /** A table without a database is one of the URL's. */
    private static List<String> tables(List<String> patterns, ServerAddress address) throws ConnectorException {
        List<String> full = new ArrayList<>();
        for (String pattern : patterns) {
            if (!pattern.contains(".") && address.database() == null) {
                throw new ConnectorException(
                        "OPTION-VALUE",
                        Category.FATAL,
                        "tables: '" + pattern + "' names no database and the URL names none",
                        "for example tables: [shop." + pattern + "]");
            }
            full.add(pattern.contains(".") ? pattern : address.database() + "." + pattern);
        }
        return full;
    }
}
