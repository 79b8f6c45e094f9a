package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.List;
import java.util.stream.Stream;

/** The options that databases share. */
final class JdbcOptions {

    static final String URL = "url";
    static final String USERNAME = "username";
    static final String PASSWORD = "password";
    static final String TABLE = "table";
    static final String MODE = "mode";
    static final String KEY = "key";
    static final String CREATE_TABLE = "create_table";
    static final String PRE_SQL = "pre_sql";
    static final String POST_SQL = "post_sql";
    static final String CONNECT_TIMEOUT = "connect_timeout";
    static final String SOCKET_TIMEOUT = "socket_timeout";
    static final String BUSY_TIMEOUT = "busy_timeout";

    /** For {@link #statements}, where the transaction that executes them remembers that it did. */
    static final String ATOMIC =
            "They run in one transaction: a worker that dies meanwhile has executed none of them, and "
                    + "the next attempt executes all.";

    private static final double SHORTEST = 100;
    private static final double LONGEST = 3_600_000;

    private JdbcOptions() {}

    static OptionSpec url(String description, String example) {
        return OptionSpec.of(URL, OptionType.STRING, description).withRequired().withExample(example);
    }

    static OptionSpec username() {
        return OptionSpec.of(USERNAME, OptionType.STRING, "Who connects.").withExample("etl");
    }

    static OptionSpec password() {
        return OptionSpec.of(PASSWORD, OptionType.STRING, "The user's password.")
                .withSecret()
                .withExample("${secret:warehouse}");
    }

    static OptionSpec table() {
        return OptionSpec.of(
                        TABLE,
                        OptionType.STRING,
                        "The table to write to, with its schema where needed. Quote parts with capitals or dots: "
                                + "shop.\"Order.Items\". {schema} and {table} stand for the names at the source, "
                                + "so that several tables go to as many targets: copy.{table}.")
                .withRequired()
                .withExample("shop.orders");
    }

    static OptionSpec mode() {
        return OptionSpec.of(
                        MODE,
                        OptionType.STRING,
                        "insert adds each row. upsert puts a row in the place of the row of the same key, and deletes "
                                + "where the source deleted. update changes and deletes rows that are there and adds "
                                + "none. replace gathers the rows beside the table; when the run is complete they take "
                                + "the place of all that was there, in one step.")
                .withDefault(WriteMode.INSERT.option())
                .withAllowed(
                        Stream.of(WriteMode.values()).map(WriteMode::option).toArray(String[]::new));
    }

    static OptionSpec key() {
        return OptionSpec.of(
                        KEY,
                        OptionType.LIST,
                        "Columns that identify a row; the primary key of a table that is created. Without it, the key "
                                + "the rows come with.")
                .withExample("[region, day]");
    }

    static OptionSpec createTable() {
        return OptionSpec.of(
                        CREATE_TABLE,
                        OptionType.BOOLEAN,
                        "Creates the table when it is missing, with the types, nullability and key of the rows.")
                .withDefault("true");
    }

    /** @param retried what becomes of the statements when a worker dies while they are executed */
    static List<OptionSpec> statements(String retried) {
        return List.of(
                OptionSpec.of(
                                PRE_SQL,
                                OptionType.LIST,
                                "SQL statements to execute once in a run, when the table is there and before its first "
                                        + "row. " + retried)
                        .withExample("[\"DELETE FROM orders WHERE day = CURRENT_DATE\"]"),
                OptionSpec.of(
                                POST_SQL,
                                OptionType.LIST,
                                "SQL statements to execute once, after the last row of a run that is complete. "
                                        + retried)
                        .withExample("[\"ANALYZE orders\"]"));
    }

    static OptionSpec timeout(String name, String description, String value) {
        return OptionSpec.of(name, OptionType.DURATION, description)
                .withDefault(value)
                .withBounds(SHORTEST, LONGEST);
    }

    /** An error of options that need no connection to be found wrong. */
    static ConnectorException wrong(String option, String message, String suggestion) {
        return new ConnectorException("OPTION-VALUE", Category.FATAL, option + ": " + message, suggestion);
    }

    static TableName tableName(String text) throws ConnectorException {
        try {
            return TableName.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    TABLE, String.valueOf(e.getMessage()), "for example orders, shop.orders or shop.\"Order.Items\"");
        }
    }
}
