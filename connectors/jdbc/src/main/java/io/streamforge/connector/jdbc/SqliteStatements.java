package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.record.Column;
import io.streamforge.record.Framing;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The prepared statements that put and delete rows, one execution per row. */
final class SqliteStatements implements AutoCloseable {

    private final Mapping mapping;
    private final RowCursor rows;
    private final RowCursor keys;
    private final SqliteBinder[] rowBinders;
    private final SqliteBinder[] keyBinders;
    private final PreparedStatement put;
    private final PreparedStatement delete;

    SqliteStatements(Connection connection, Mapping mapping, WriteMode mode) throws SQLException {
        this.mapping = mapping;
        rows = new RowCursor(mapping.schema());
        rowBinders = binders(mapping.schema(), mapping.columns());
        RowSchema keySchema = mapping.deletes() ? mapping.schema().keySchema() : mapping.schema();
        keys = new RowCursor(keySchema);
        List<TargetColumn> keyColumns = mapping.deletes()
                ? mapping.key().stream().map(mapping.columns()::get).toList()
                : mapping.columns();
        keyBinders = binders(keySchema, keyColumns);
        put = connection.prepareStatement(putSql(mapping, mode));
        delete = connection.prepareStatement(deleteSql(mapping));
    }

    /** @throws InvalidValueException when a value does not fit its column */
    void put(SinkBatch batch, int row) throws SQLException {
        byte[] value = Objects.requireNonNull(batch.value(row));
        rows.wrap(value, Framing.SIZE, value.length);
        for (int index : mapping.key()) {
            if (rows.isNull(index)) {
                throw new InvalidValueException(mapping.schema().column(index), "null", "a key is never null");
            }
        }
        execute(rows, rowBinders, put);
    }

    void delete(SinkBatch batch, int row) throws SQLException {
        byte[] key = Objects.requireNonNull(batch.key(row));
        execute(keys.wrap(key, Framing.SIZE, key.length), keyBinders, delete);
    }

    @Override
    public void close() throws SQLException {
        put.close();
        delete.close();
    }

    private static void execute(RowCursor row, SqliteBinder[] binders, PreparedStatement statement)
            throws SQLException {
        for (int i = 0; i < binders.length; i++) {
            if (row.isNull(i)) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                binders[i].bind(row, i, statement, i + 1);
            }
        }
        statement.executeUpdate();
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

    private static String putSql(Mapping mapping, WriteMode mode) {
        List<String> names = mapping.columnNames();
        // ABORT, whatever the table's own conflict clauses say: a refused row is reported, never dropped or put over
        // another.
        String insert = "INSERT OR ABORT INTO " + mapping.table().name().quoted() + " (" + Ddl.names(names)
                + ") VALUES (" + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        if (mode == WriteMode.INSERT) {
            return insert;
        }
        String changes = mapping.otherNames().stream()
                .map(TableName::quote)
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        return insert + " ON CONFLICT (" + Ddl.names(mapping.keyNames()) + ") DO "
                + (changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
    }

    private static String deleteSql(Mapping mapping) {
        List<String> columns = mapping.deletes() ? mapping.keyNames() : mapping.columnNames();
        String same =
                columns.stream().map(name -> TableName.quote(name) + " = ?").collect(Collectors.joining(" AND "));
        return "DELETE FROM " + mapping.table().name().quoted() + " WHERE " + same;
    }
}
