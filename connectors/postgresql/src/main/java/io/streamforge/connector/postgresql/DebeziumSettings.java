package io.streamforge.connector.postgresql;

import io.streamforge.connector.jdbc.JdbcAccess;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** How Debezium is told to stream the log and nothing else, with values that lose nothing. */
final class DebeziumSettings {

    /** Topic prefix, which begins the names of its records' topics. */
    static final String PREFIX = "wal";

    /** Reads large values that were not sent because they did not change. */
    private static final String RESELECTING = "post.processors.reselect.";

    private static final String RESELECT = "io.debezium.processors.reselect.ReselectColumnsPostProcessor";

    private final ChangesSettings settings;

    DebeziumSettings(ChangesSettings settings) {
        this.settings = settings;
    }

    Properties of(String slot, List<TableId> tables, long from) {
        Properties properties = new Properties();
        engine(properties, from);
        server(properties);
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", slot);
        properties.setProperty("publication.name", slot);
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty(
                "table.include.list",
                tables.stream().map(table -> escaped(table.name())).collect(Collectors.joining(",")));
        // A killed worker's connection may hold the slot for a moment.
        properties.setProperty("slot.max.retries", "40");
        properties.setProperty("slot.retry.delay.ms", "250");
        properties.setProperty("status.update.interval.ms", "5000");
        records(properties);
        values(properties);
        return properties;
    }

    private static void engine(Properties properties, long from) {
        properties.setProperty("name", "streamforge");
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("topic.prefix", PREFIX);
        properties.setProperty("offset.storage", StoredOffset.class.getName());
        properties.setProperty(StoredOffset.LSN, Long.toString(from));
        properties.setProperty("offset.flush.interval.ms", "0");
        properties.setProperty("record.processing.threads", "1");
        properties.setProperty("errors.max.retries", "0");
        properties.setProperty("max.batch.size", "2048");
        properties.setProperty("max.queue.size", "8192");
        properties.setProperty("max.queue.size.in.bytes", "33554432");
        properties.setProperty("poll.interval.ms", "2");
    }

    private void server(Properties properties) {
        JdbcAccess access = settings.access();
        Properties url = Objects.requireNonNull(Driver.parseURL(access.url(), null), "a PostgreSQL URL");
        properties.setProperty("database.hostname", text(PGProperty.PG_HOST, url));
        properties.setProperty("database.port", text(PGProperty.PG_PORT, url));
        properties.setProperty("database.dbname", text(PGProperty.PG_DBNAME, url));
        access.username().ifPresent(user -> properties.setProperty("database.user", user));
        access.password().ifPresent(password -> properties.setProperty("database.password", password));
        String sslMode = PGProperty.SSL_MODE.getOrDefault(url);
        if (sslMode != null) {
            properties.setProperty("database.sslmode", sslMode);
        }
    }

    private static void records(Properties properties) {
        properties.setProperty("provide.transaction.metadata", "true");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("skipped.operations", "none");
        properties.setProperty("post.processors", "reselect");
        properties.setProperty(RESELECTING + "type", RESELECT);
        properties.setProperty(RESELECTING + "reselect.unavailable.values", "true");
        properties.setProperty(RESELECTING + "reselect.null.values", "false");
        properties.setProperty(RESELECTING + "reselect.use.event.key", "true");
    }

    private static void values(Properties properties) {
        properties.setProperty("unavailable.value.placeholder", CellValue.UNAVAILABLE);
        properties.setProperty("decimal.handling.mode", "string");
        properties.setProperty("time.precision.mode", "microseconds");
        properties.setProperty("interval.handling.mode", "string");
        properties.setProperty("binary.handling.mode", "bytes");
        properties.setProperty("include.unknown.datatypes", "true");
    }

    private static String text(PGProperty property, Properties url) {
        return String.valueOf(property.getOrDefault(url));
    }

    /** Debezium takes a list of patterns, parted by commas. */
    private static String escaped(String name) {
        return Pattern.compile("[^A-Za-z0-9_]")
                .matcher(name)
                .replaceAll(match -> match.group().equals(",")
                        ? "\\\\x2C"
                        : "\\\\" + java.util.regex.Matcher.quoteReplacement(match.group()));
    }
}
