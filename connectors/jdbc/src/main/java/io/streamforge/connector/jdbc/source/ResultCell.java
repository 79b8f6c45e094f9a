package io.streamforge.connector.jdbc.source;

import io.streamforge.record.RowWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes a value of a result's current row into the writer's next column. */
@FunctionalInterface
public interface ResultCell {

    /**
     * @param index of the column in the result, from 1
     * @throws io.streamforge.record.InvalidValueException when the column cannot hold the value
     */
    void read(ResultSet row, int index, RowWriter out) throws SQLException;
}
