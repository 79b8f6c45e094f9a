package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.TablePatterns;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.connector.jdbc.source.PostgresReads;
import io.streamforge.connector.jdbc.source.ReadColumn;
import io.streamforge.connector.jdbc.source.ReadSettings;
import io.streamforge.connector.jdbc.source.Relation;
import io.streamforge.connector.jdbc.source.Selection;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** The tables that the patterns name, as the catalog describes them. */
final class CapturedTables {

    /** Types whose values the log has in another form than a query. */
    private static final Set<String> OTHER_FORM = Set.of(
            "bit",
            "bit varying",
            "hstore",
            "money",
            "oid",
            "time with time zone",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "inet",
            "cidr",
            "name",
            "geometry",
            "geography",
            "ltree",
            "vector");

    private final ChangesSettings settings;
    private final PostgresReads reads;

    CapturedTables(ChangesSettings settings) {
        this.settings = settings;
        reads = new PostgresReads(settings.access(), settings.place());
    }

    PostgresReads reads() {
        return reads;
    }

    /** @throws ConnectorException when there is none, or one cannot be captured */
    List<TableId> find(Connection connection) throws SQLException, ConnectorException {
        List<TableId> found = matching(connection);
        if (found.isEmpty()) {
            List<TableId> all = new Server(connection).tables();
            throw CaptureErrors.unprepared(
                    "no table of " + settings.place() + " matches " + settings.tables(),
                    "tables there: " + all.stream().limit(20).map(TableId::name).collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** In the order of their names. */
    List<TableId> matching(Connection connection) throws SQLException {
        TablePatterns patterns = new TablePatterns(settings.tables());
        return new Server(connection)
                .tables().stream().filter(table -> patterns.match(table.name())).toList();
    }

    /** The schema of a table's rows, named {@code schema.table}, with its primary key. */
    RowSchema schema(Connection connection, TableId table) throws SQLException, ConnectorException {
        Relation relation = relation(connection, table);
        for (ReadColumn column : relation.columns()) {
            requireSameForm(table, column);
        }
        RowSchema schema = selection(relation, table, List.of()).schema();
        if (!schema.keyed()) {
            throw CaptureErrors.withoutKey(table.name());
        }
        return schema.withName(table.name());
    }

    private static void requireSameForm(TableId table, ReadColumn column) throws ConnectorException {
        String type = column.type().replaceAll("\\(.*?\\)", "").replace("[]", "");
        if (OTHER_FORM.contains(type)) {
            throw CaptureErrors.unprepared(
                    "column '" + column.name() + "' of table '" + table.name() + "' is " + column.type()
                            + ", whose changes cannot be followed exactly",
                    "leave the table out of 'tables', or give the column a type such as text");
        }
    }

    /** What a chunk reads: the columns of the rows, in the order of the key. */
    Selection selection(Connection connection, RowSchema schema) throws SQLException, ConnectorException {
        TableId table = id(schema);
        return selection(
                relation(connection, table),
                table,
                schema.columns().stream().map(Column::name).toList());
    }

    /** Empty when the table has no rows. */
    Optional<List<String>> highestKey(Connection connection, RowSchema schema) throws SQLException {
        String texts = schema.key().stream()
                .map(name -> "t." + TableName.quote(name) + "::text")
                .collect(Collectors.joining(", "));
        String order = schema.key().stream()
                .map(name -> "t." + TableName.quote(name) + " DESC")
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + texts + " FROM " + id(schema).quoted() + " AS t ORDER BY " + order + " LIMIT 1";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return Optional.empty();
            }
            List<String> key = new ArrayList<>();
            for (int i = 1; i <= schema.key().size(); i++) {
                key.add(row.getString(i));
            }
            return Optional.of(key);
        }
    }

    /** The table's columns at a place of the log: those of {@code row}, described by the catalog, or as they were known. */
    RowSchema at(Connection connection, RowSchema known, Schema row) throws SQLException, ConnectorException {
        RowSchema now = schema(connection, id(known));
        List<Column> columns = new ArrayList<>();
        for (Field field : row.fields()) {
            Column column = column(now, field.name());
            Column before = column == null ? column(known, field.name()) : column;
            if (before != null) {
                columns.add(before);
            }
        }
        return new RowSchema(known.name(), columns, now.key());
    }

    private static @Nullable Column column(RowSchema schema, String name) {
        int at = schema.indexOf(name);
        return at < 0 ? null : schema.column(at);
    }

    private Relation relation(Connection connection, TableId table) throws SQLException, ConnectorException {
        return reads.table(connection, tableName(table))
                .orElseThrow(() -> CaptureErrors.unprepared(
                        "table '" + table.name() + "' is gone", "create it again, or leave it out of 'tables'"));
    }

    private Selection selection(Relation relation, TableId table, List<String> columns) throws ConnectorException {
        return Selection.of(
                new ReadSettings(
                        settings.access(),
                        Optional.of(tableName(table)),
                        Optional.empty(),
                        columns,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        OptionalInt.empty()),
                relation);
    }

    private static TableName tableName(TableId table) {
        return new TableName(Optional.of(table.schema()), table.table(), true);
    }

    static TableId id(RowSchema schema) {
        int dot = schema.name().indexOf('.');
        return new TableId(schema.name().substring(0, dot), schema.name().substring(dot + 1));
    }
}
