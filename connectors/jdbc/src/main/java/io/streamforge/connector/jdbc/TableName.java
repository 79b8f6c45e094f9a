package io.streamforge.connector.jdbc;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name as a user writes it: {@code orders}, {@code shop.orders}, or with quotes where a part has dots or capitals
 * that count: {@code shop."Order.Items"}.
 *
 * @param schema empty when the database's own default is meant
 * @param exact false when the name was written without quotes, so that a database may take it in its own case
 */
public record TableName(Optional<String> schema, String name, boolean exact) {

    private static final String PART = "(\"(?:[^\"\\x00]|\"\")+\"|[^\".\\x00]+)";
    private static final String SCHEMA = "{schema}";
    private static final String TABLE = "{table}";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** @throws IllegalArgumentException saying how a name is written */
    public static TableName parse(String text) {
        Matcher matcher = NAME.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a table name");
        }
        Optional<String> schema = Optional.ofNullable(matcher.group(1));
        boolean exact = matcher.group(2).startsWith("\"");
        return new TableName(schema.map(TableName::unquote), unquote(matcher.group(2)), exact);
    }

    /** As SQL reads it: a name without quotes is in lower case. */
    public TableName folded() {
        return exact ? this : new TableName(schema, name.toLowerCase(Locale.ROOT), true);
    }

    /**
     * The name with the placeholders {@code {schema}} and {@code {table}} filled in; names of a source count exactly.
     *
     * @param source {@code schema.table}, or a table alone: its schema is empty then
     */
    TableName of(String source) {
        if (!named()) {
            return this;
        }
        int dot = source.indexOf('.');
        String sourceSchema = dot < 0 ? "" : source.substring(0, dot);
        String sourceTable = source.substring(dot + 1);
        Optional<String> filled = schema.map(part -> fill(part, sourceSchema, sourceTable));
        return new TableName(filled.filter(part -> !part.isEmpty()), fill(name, sourceSchema, sourceTable), true);
    }

    /** True when the name depends on the table that rows come from. */
    boolean named() {
        return (schema.orElse("") + name).contains(TABLE) || (schema.orElse("") + name).contains(SCHEMA);
    }

    /** Another table of the same schema. */
    TableName sibling(String other) {
        return new TableName(schema, other, true);
    }

    public String quoted() {
        return schema.map(part -> quote(part) + ".").orElse("") + quote(name);
    }

    /** For messages. */
    public String shown() {
        return schema.map(part -> part + ".").orElse("") + name;
    }

    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String fill(String part, String schema, String table) {
        return part.replace(SCHEMA, schema).replace(TABLE, table);
    }

    private static String unquote(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }
}
