package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares rows with a target, or with the wish to create one, and reports all that does not fit. */
final class Matching {

    private final Dialect dialect;
    private final JdbcSettings settings;
    private final RowSchema schema;
    private final List<Problem> problems = new ArrayList<>();

    Matching(Dialect dialect, JdbcSettings settings, RowSchema schema) {
        this.dialect = dialect;
        this.settings = settings;
        this.schema = schema;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The key that counts: the option, else that of the rows. */
    static List<String> key(JdbcSettings settings, RowSchema schema) {
        return settings.key().isEmpty() ? schema.key() : settings.key();
    }

    /** Finds what would keep the target from being created. */
    void create() {
        if (!settings.createTable()) {
            add(
                    "JDBC-NO-TABLE",
                    JdbcOptions.TABLE,
                    "table '" + settings.table().shown() + "' does not exist",
                    "create it, " + "or set create_table: true");
            return;
        }
        checkKey();
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Column column : schema.columns()) {
            checkName(column.name(), names);
            boolean key = key(settings, schema).contains(column.name());
            if (Ddl.type(column, key, dialect).isEmpty()) {
                refuse(column, "no column type keeps " + column.type() + " exactly");
            }
        }
    }

    /** Finds what would keep columns from being added to the target. */
    void add(List<Column> missing) {
        for (Column column : missing) {
            checkName(column.name(), new TreeMap<>());
            if (dialect.createdType(column.type()).isEmpty()) {
                refuse(column, "no column type keeps " + column.type() + " exactly");
            }
        }
    }

    /** The mapping to an existing target; empty when there are problems. */
    Optional<Mapping> match(TargetTable table) {
        List<TargetColumn> targets = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (Column column : schema.columns()) {
            Optional<TargetColumn> target = table.column(column.name());
            target.ifPresentOrElse(found -> compare(column, found, written), () -> missing(column, table));
            target.ifPresent(targets::add);
        }
        table.columns().stream()
                .filter(target -> target.required() && !written.contains(target.name()))
                .forEach(target -> add(
                        "JDBC-COLUMN-REQUIRED",
                        "columns." + target.name(),
                        "the table's column is NOT NULL without a default, and the rows have no such column",
                        "add it in a map operator, or give the column a default"));
        List<Integer> key = checkKey();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        boolean deletes = keyedAlike();
        List<Integer> indices = deletes ? keyOfRecords() : key;
        Mapping mapping = new Mapping(schema, table, mode(table, targets, indices), targets, indices, deletes);
        checkUnique(mapping);
        checkChanges(mapping);
        return problems.isEmpty() ? Optional.of(mapping) : Optional.empty();
    }

    /**
     * The mapping to a target that a check has found right before.
     *
     * @throws ConnectorException when it no longer is
     */
    Mapping require(TargetTable table) throws ConnectorException {
        Optional<Mapping> mapping = match(table);
        if (mapping.isPresent()) {
            return mapping.get();
        }
        throw refusal(table.name());
    }

    /** @throws ConnectorException when the target cannot be created */
    void requireCreatable() throws ConnectorException {
        create();
        if (!problems.isEmpty()) {
            throw refusal(settings.table());
        }
    }

    private ConnectorException refusal(TableName table) {
        Problem first = problems.get(0);
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
        return new ConnectorException(
                first.code(),
                Category.FATAL,
                "table '" + table.shown() + "', " + first.path() + ": " + first.message() + more,
                first.suggestion());
    }

    private void compare(Column column, TargetColumn target, Set<String> written) {
        if (!written.add(target.name())) {
            add(
                    "JDBC-COLUMN-TWICE",
                    path(column),
                    "two columns of the rows go to column '" + target.name() + "'",
                    "rename " + "or drop one in a map operator");
        } else if (target.generated()) {
            add(
                    "JDBC-COLUMN-GENERATED",
                    path(column),
                    "the database computes column '" + target.name() + "' itself",
                    "drop " + "it in a map operator");
        } else if (!dialect.fits(column.type(), target)) {
            refuse(column, "a column of type " + target.type() + " does not keep " + column.type() + " exactly");
        }
    }

    private void refuse(Column column, String message) {
        add(
                "JDBC-TYPE",
                path(column),
                message,
                column.type() + " goes to " + dialect.accepted(column.type())
                        + "; otherwise CAST it in a map operator");
    }

    private void missing(Column column, TargetTable table) {
        add(
                "JDBC-NO-COLUMN",
                path(column),
                "table '" + table.name().shown() + "' has no such column",
                Suggestions.closest(column.name(), table.columnNames())
                                .map(name -> "did you mean '" + name + "'? ")
                                .orElse("")
                        + "drop or rename it in a map operator, or add the column to the table");
    }

    private List<Integer> checkKey() {
        List<String> key = key(settings, schema);
        if (key.isEmpty() && settings.mode().needsKey()) {
            add(
                    "JDBC-NO-KEY",
                    JdbcOptions.KEY,
                    "mode " + settings.mode().option() + " needs a key, and the rows have none",
                    "name the columns that " + "identify a row");
        }
        List<Integer> indices = new ArrayList<>();
        List<String> columns = schema.columns().stream().map(Column::name).toList();
        for (String name : key) {
            indices.add(schema.indexOf(name));
            if (schema.indexOf(name) < 0) {
                add(
                        "JDBC-NO-KEY",
                        JdbcOptions.KEY,
                        "the rows have no column '" + name + "'",
                        Suggestions.sentence(name, columns));
            }
        }
        return indices;
    }

    private void checkUnique(Mapping mapping) {
        boolean asked = settings.mode().needsKey()
                || (settings.mode() == WriteMode.REPLACE && !settings.key().isEmpty());
        if (!asked || mapping.table().unique(mapping.keyNames())) {
            return;
        }
        String known = mapping.table().uniqueKeys().isEmpty()
                ? "it has none"
                : "it has " + mapping.table().uniqueKeys();
        add(
                "JDBC-NO-UNIQUE-KEY",
                JdbcOptions.KEY,
                "table '" + mapping.table().name().shown() + "' has no primary key or unique index on "
                        + mapping.keyNames() + "; " + known,
                "CREATE UNIQUE INDEX ON " + mapping.table().name().quoted() + " (" + Ddl.names(mapping.keyNames())
                        + ")");
    }

    /** A replacement puts rows by key where the table has one: a row that came twice is there once. */
    private WriteMode mode(TargetTable table, List<TargetColumn> targets, List<Integer> key) {
        if (settings.mode() != WriteMode.REPLACE) {
            return settings.mode();
        }
        List<String> names =
                key.stream().map(index -> targets.get(index).name()).toList();
        return !key.isEmpty() && table.unique(names) ? WriteMode.UPSERT : WriteMode.INSERT;
    }

    private void checkChanges(Mapping mapping) {
        if (mapping.mode() == WriteMode.UPDATE && mapping.otherNames().isEmpty()) {
            add(
                    "JDBC-NOTHING-TO-UPDATE",
                    JdbcOptions.MODE,
                    "the rows have no columns but those of their key " + mapping.keyNames(),
                    "use mode upsert to add rows that are all key");
        }
    }

    private boolean keyedAlike() {
        return schema.keyed() && Set.copyOf(schema.key()).equals(Set.copyOf(key(settings, schema)));
    }

    private List<Integer> keyOfRecords() {
        return Arrays.stream(schema.keyIndices()).boxed().toList();
    }

    private void checkName(String name, Map<String, String> seen) {
        if (name.indexOf('\0') >= 0 || name.getBytes(StandardCharsets.UTF_8).length > dialect.longestName()) {
            add(
                    "JDBC-COLUMN-NAME",
                    "columns." + name,
                    "a column's name has at most " + dialect.longestName() + " bytes and no U+0000",
                    "rename it in a map operator");
        }
        String same = seen.putIfAbsent(name, name);
        if (same != null && dialect.foldsCase()) {
            add(
                    "JDBC-COLUMN-TWICE",
                    "columns." + name,
                    "differs from column '" + same + "' in case only",
                    "rename one in a " + "map operator");
        }
    }

    private static String path(Column column) {
        return "columns." + column.name();
    }

    private void add(String code, String path, String message, String suggestion) {
        problems.add(new Problem(code, path, message, suggestion));
    }
}
