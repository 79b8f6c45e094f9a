package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets a target follow rows that have other columns than it: it gets those it lacks, which allow null, and one that holds more by now, or
 * null, is altered. Nothing is taken away, and a target that has followed is left alone.
 */
final class Evolution {

    private static final Pattern WIDTH = Pattern.compile("^((?:big)?int)\\(\\d+\\)");

    private final Dialect dialect;
    private final RowSchema before;
    private final RowSchema now;

    /** @param before what the rows were; columns that were like that then are the target's own business */
    Evolution(Dialect dialect, RowSchema before, RowSchema now) {
        this.dialect = dialect;
        this.before = before;
        this.now = now;
    }

    /** The rows without the columns that the target is to get. */
    RowSchema without(List<Column> missing) {
        List<String> names = missing.stream().map(Column::name).toList();
        List<Column> columns = now.columns().stream()
                .filter(column -> !names.contains(column.name()))
                .toList();
        return new RowSchema(now.name(), columns, now.key());
    }

    /** The columns of the rows that the target lacks and is to get; a key is never added to it. */
    List<Column> missing(TargetTable target) {
        return now.columns().stream()
                .filter(column ->
                        target.column(column.name()).isEmpty() && !now.key().contains(column.name()))
                .toList();
    }

    /** @throws ConnectorException when the database cannot alter a column so */
    List<String> statements(Connection connection, TargetTable target) throws SQLException, ConnectorException {
        List<String> statements = new ArrayList<>();
        for (Column column : missing(target)) {
            statements.add("ALTER TABLE " + target.name().quoted() + " ADD COLUMN " + TableName.quote(column.name())
                    + " " + dialect.createdType(column.type()).orElseThrow() + " NULL");
        }
        for (Column column : now.columns()) {
            Optional<TargetColumn> existing = target.column(column.name());
            if (existing.isPresent()) {
                alter(connection, target, existing.get(), column).ifPresent(statements::add);
            }
        }
        return statements;
    }

    private Optional<String> alter(Connection connection, TargetTable target, TargetColumn existing, Column column)
            throws SQLException, ConnectorException {
        int at = before.indexOf(column.name());
        if (at < 0) {
            return Optional.empty();
        }
        Column known = before.column(at);
        boolean widen = column.type().holds(known.type()) && created(known, existing) && !created(column, existing);
        boolean relax = !known.nullable() && column.nullable() && !existing.nullable();
        if (!widen && !relax) {
            return Optional.empty();
        }
        String type = widen ? dialect.createdType(column.type()).orElseThrow() : existing.type();
        boolean nullable = existing.nullable() || relax;
        Optional<String> statement = dialect.grammar().alter(connection, target.name(), existing, type, nullable);
        if (statement.isEmpty() && (relax || !dialect.fits(column.type(), existing))) {
            throw new ConnectorException(
                    "JDBC-CANNOT-FOLLOW",
                    Category.FATAL,
                    "column '" + existing.name() + "' of table '"
                            + target.name().shown() + "' is " + existing.type()
                            + (existing.nullable() ? "" : " NOT NULL") + ", the rows have " + column.type()
                            + (column.nullable() ? "" : " NOT NULL") + " by now, and the database alters no columns",
                    "make the table anew and start the workflow with from: fresh");
        }
        return statement;
    }

    /** Whether the target's column has the type that we would have given it. */
    private boolean created(Column column, TargetColumn existing) {
        return dialect.createdType(column.type())
                .filter(type -> plain(type).equals(plain(existing.type())))
                .isPresent();
    }

    /** Without the width that MariaDB shows integers with, and a precision of 0. */
    private static String plain(String type) {
        return WIDTH.matcher(type).replaceFirst("$1").replace("(0)", "");
    }
}
