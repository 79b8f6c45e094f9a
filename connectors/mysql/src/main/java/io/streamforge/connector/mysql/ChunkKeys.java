package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Objects;

/** Values of keys as texts, and back. */
final class ChunkKeys {

    private ChunkKeys() {}

    static String text(ResultSet result, int column, Kind kind) throws SQLException {
        if (kind == Kind.BYTES) {
            return HexFormat.of().formatHex(Objects.requireNonNull(result.getBytes(column)));
        }
        if (kind == Kind.BOOLEAN) {
            return result.getBoolean(column) ? "1" : "0";
        }
        return kind == Kind.INT64
                ? Long.toString(result.getLong(column))
                : Objects.requireNonNull(result.getString(column));
    }

    static void bind(PreparedStatement statement, int parameter, Column column, String text) throws SQLException {
        switch (column.type().kind()) {
            case BOOLEAN, INT32, INT64 -> statement.setLong(parameter, Long.parseLong(text));
            case UINT64, DECIMAL -> statement.setBigDecimal(parameter, new BigDecimal(text));
            case BYTES -> statement.setBytes(parameter, HexFormat.of().parseHex(text));
            default -> statement.setString(parameter, text);
        }
    }
}
