package io.streamforge.connector.jdbc;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Gives a value that is not null to a statement, in the form in which the column stores it. */
@FunctionalInterface
interface SqliteBinder {

    /** @throws InvalidValueException when the column cannot hold the value */
    void bind(RowCursor row, int column, PreparedStatement statement, int parameter) throws SQLException;
}
