package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The prepared statements that put and delete rows, one execution per row. */
final class SqliteStatements implements AutoCloseable {

    private final Mapping mapping;
    private final RowCursor rows;
    private final RowCursor keys;
    private final SqliteBinder[] rowBinders;
    private final SqliteBinder[] keyBinders;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement empty;

    SqliteStatements(Connection connection, Mapping mapping) throws SQLException {
        this.mapping = mapping;
        rows = new RowCursor(mapping.schema());
        rowBinders = binders(mapping.schema(), mapping.columns());
        RowSchema keySchema = mapping.deletes() ? mapping.schema().keySchema() : mapping.schema();
        keys = new RowCursor(keySchema);
        List<TargetColumn> keyColumns = mapping.deletes()
                ? mapping.key().stream().map(mapping.columns()::get).toList()
                : mapping.columns();
        keyBinders = binders(keySchema, keyColumns);
        put = connection.prepareStatement(putSql(mapping));
        delete = connection.prepareStatement(deleteSql(mapping));
        empty = connection.prepareStatement(
                "DELETE FROM " + mapping.table().name().quoted());
    }

    Mapping mapping() {
        return mapping;
    }

    /**
     * @return how many updates met no row: 0 or 1
     * @throws InvalidValueException when a value does not fit its column
     */
    int put(SinkBatch batch, int row) throws SQLException {
        batch.value(row, rows);
        for (int index : mapping.key()) {
            if (rows.isNull(index)) {
                throw new InvalidValueException(mapping.schema().column(index), "null", "a key is never null");
            }
        }
        int changed = execute(rows, rowBinders, put);
        return mapping.mode() == WriteMode.UPDATE ? 1 - changed : 0;
    }

    void delete(SinkBatch batch, int row) throws SQLException {
        execute(batch.key(row, keys), keyBinders, delete);
    }

    /** Deletes all rows. */
    void empty() throws SQLException {
        empty.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        empty.close();
        put.close();
        delete.close();
    }

    private static int execute(RowCursor row, SqliteBinder[] binders, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < binders.length; i++) {
            if (row.isNull(i)) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                binders[i].bind(row, i, statement, i + 1);
            }
        }
        return statement.executeUpdate();
    }

    private static SqliteBinder[] binders(RowSchema schema, List<TargetColumn> columns) {
        SqliteBinder[] binders = new SqliteBinder[schema.size()];
        for (int i = 0; i < binders.length; i++) {
            Column column = schema.column(i);
            binders[i] = SqliteBinders.of(
                            column, SqliteAffinity.of(columns.get(i).type()))
                    .orElseThrow();
        }
        return binders;
    }

    private static String putSql(Mapping mapping) {
        if (mapping.mode() == WriteMode.UPDATE) {
            return updateSql(mapping);
        }
        List<String> names = mapping.columnNames();
        // ABORT, whatever the table's own conflict clauses say: a refused row is reported, never dropped or put over
        // another.
        String insert = "INSERT OR ABORT INTO " + mapping.table().name().quoted() + " (" + Ddl.names(names)
                + ") VALUES (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        if (mapping.mode() == WriteMode.INSERT) {
            return insert;
        }
        String changes = mapping.otherNames().stream()
                .map(TableName::quote)
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        return insert + " ON CONFLICT (" + Ddl.names(mapping.keyNames()) + ") DO "
                + (changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
    }

    private static String updateSql(Mapping mapping) {
        List<String> names = mapping.columnNames();
        List<String> keys = mapping.keyNames();
        return "UPDATE OR ABORT " + mapping.table().name().quoted() + " SET "
                + parameters(names, name -> !keys.contains(name), ", ") + " WHERE "
                + parameters(names, keys::contains, " AND ");
    }

    /** Parameters have the number of their column in the rows. */
    private static String parameters(List<String> names, Predicate<String> chosen, String separator) {
        return IntStream.range(0, names.size())
                .filter(index -> chosen.test(names.get(index)))
                .mapToObj(index -> TableName.quote(names.get(index)) + " = ?" + (index + 1))
                .collect(Collectors.joining(separator));
    }

    private static String deleteSql(Mapping mapping) {
        List<String> columns = mapping.deletes() ? mapping.keyNames() : mapping.columnNames();
        String same =
                columns.stream().map(name -> TableName.quote(name) + " = ?").collect(Collectors.joining(" AND "));
        return "DELETE FROM " + mapping.table().name().quoted() + " WHERE " + same;
    }
}
