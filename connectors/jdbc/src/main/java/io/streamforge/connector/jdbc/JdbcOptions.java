package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.jdbc.source.ReadSettings;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The options that databases share. */
public final class JdbcOptions {

    public static final String URL = "url";
    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";
    public static final String TABLE = "table";
    public static final String MODE = "mode";
    public static final String KEY = "key";
    public static final String CREATE_TABLE = "create_table";
    public static final String PRE_SQL = "pre_sql";
    public static final String POST_SQL = "post_sql";
    public static final String CONNECT_TIMEOUT = "connect_timeout";
    public static final String SOCKET_TIMEOUT = "socket_timeout";
    public static final String BUSY_TIMEOUT = "busy_timeout";

    public static final String QUERY = "query";
    public static final String COLUMNS = "columns";
    public static final String WHERE = "where";
    public static final String SPLIT_KEY = "split_key";
    public static final String INCREMENTAL = "incremental";
    public static final String SPLITS = "splits";

    /** For {@link #statements}, where the transaction that executes them remembers that it did. */
    static final String ATOMIC =
            "They run in one transaction: a worker that dies meanwhile has executed none of them, and "
                    + "the next attempt executes all.";

    private static final double MOST_SPLITS = 256;
    private static final double SHORTEST = 100;
    private static final double LONGEST = 3_600_000;

    private JdbcOptions() {}

    public static OptionSpec url(String description, String example) {
        return OptionSpec.of(URL, OptionType.STRING, description).withRequired().withExample(example);
    }

    public static OptionSpec username() {
        return OptionSpec.of(USERNAME, OptionType.STRING, "Who connects.").withExample("etl");
    }

    public static OptionSpec password() {
        return OptionSpec.of(PASSWORD, OptionType.STRING, "The user's password.")
                .withSecret()
                .withExample("${secret:warehouse}");
    }

    public static OptionSpec table() {
        return OptionSpec.of(
                        TABLE,
                        OptionType.STRING,
                        "The table to write to, with its schema where needed. Quote parts with capitals or dots: "
                                + "shop.\"Order.Items\". {schema} and {table} stand for the names at the source, "
                                + "so that several tables go to as many targets: copy.{table}.")
                .withRequired()
                .withExample("shop.orders");
    }

    /** What a source reads; the same for every database. */
    public static List<OptionSpec> reading() {
        return List.of(
                OptionSpec.of(
                                TABLE,
                                OptionType.STRING,
                                "The table or view to read, with its schema where needed. Quote parts with capitals or dots: "
                                        + "shop.\"Order.Items\". Either table or query.")
                        .withExample("shop.orders"),
                OptionSpec.of(QUERY, OptionType.STRING, "A query in the database's SQL to read instead of a table.")
                        .withExample("SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer"),
                OptionSpec.of(COLUMNS, OptionType.LIST, "The columns to read, all when absent.")
                        .withExample("[id, total]"),
                OptionSpec.of(
                                WHERE,
                                OptionType.STRING,
                                "Reads only rows that fulfil this condition in the database's SQL.")
                        .withExample("status = 'paid'"),
                OptionSpec.of(
                                SPLIT_KEY,
                                OptionType.LIST,
                                "Columns whose values never change, by which the rows are ordered and divided into ranges that are "
                                        + "read at the same time: numbers, text, uuid, dates, timestamps. Without it, the primary key.")
                        .withExample("[id]"),
                OptionSpec.of(
                                SPLITS,
                                OptionType.INTEGER,
                                "Ranges to read at the same time, each over a connection of its own. Without it, as many as the "
                                        + "estimated rows deserve.")
                        .withBounds(1, MOST_SPLITS)
                        .withExample("8"),
                OptionSpec.of(
                                INCREMENTAL,
                                OptionType.STRING,
                                "A column whose values grow, such as an id or a time of change: each run reads the rows that come "
                                        + "after the last one it has seen. Without it, each run reads everything.")
                        .withExample("updated_at"));
    }

    public static ReadSettings readSettings(Options options, JdbcAccess access) throws ConnectorException {
        Optional<String> table = options.optional(TABLE);
        Optional<String> query = options.optional(QUERY).map(sql -> sql.strip().replaceFirst(";\\s*$", ""));
        if (table.isPresent() == query.isPresent()) {
            throw wrong(TABLE, "one of table and query is needed", "for example table: shop.orders");
        }
        if (options.has(INCREMENTAL) && !options.list(SPLIT_KEY).isEmpty()) {
            throw wrong(SPLIT_KEY, "rows are ordered by " + INCREMENTAL + " already", "leave one of them out");
        }
        return new ReadSettings(
                access,
                table.isPresent() ? Optional.of(tableName(table.get())) : Optional.empty(),
                query,
                options.list(COLUMNS),
                options.optional(WHERE),
                options.list(SPLIT_KEY),
                options.optional(INCREMENTAL),
                options.has(SPLITS) ? OptionalInt.of((int) options.integer(SPLITS)) : OptionalInt.empty());
    }

    public static OptionSpec mode() {
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

    public static OptionSpec key() {
        return OptionSpec.of(
                        KEY,
                        OptionType.LIST,
                        "Columns that identify a row; the primary key of a table that is created. Without it, the key "
                                + "the rows come with.")
                .withExample("[region, day]");
    }

    public static OptionSpec createTable() {
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

    public static OptionSpec timeout(String name, String description, String value) {
        return OptionSpec.of(name, OptionType.DURATION, description)
                .withDefault(value)
                .withBounds(SHORTEST, LONGEST);
    }

    /** An error of options that need no connection to be found wrong. */
    public static ConnectorException wrong(String option, String message, String suggestion) {
        return new ConnectorException("OPTION-VALUE", Category.FATAL, option + ": " + message, suggestion);
    }

    public static TableName tableName(String text) throws ConnectorException {
        try {
            return TableName.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    TABLE, String.valueOf(e.getMessage()), "for example orders, shop.orders or shop.\"Order.Items\"");
        }
    }
}
