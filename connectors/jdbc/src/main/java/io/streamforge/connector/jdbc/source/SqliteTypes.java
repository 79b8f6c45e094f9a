package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.jdbc.SqliteAffinity;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.DataType;
import java.util.Locale;

/** What columns of SQLite become: its values have types of their own, and those that do not fit their column are rejected. */
public final class SqliteTypes {

    private SqliteTypes() {}

    public static ReadColumn column(String name, String declared, boolean nullable) {
        return new ReadColumn(name, declared, nullable, of(declared), TableName.quote(name));
    }

    static DataType of(String declared) {
        if (declared.toUpperCase(Locale.ROOT).startsWith("BOOL")) {
            return DataType.BOOLEAN;
        }
        return switch (SqliteAffinity.of(declared)) {
            case INTEGER -> DataType.INT64;
            case REAL -> DataType.FLOAT64;
            case BLOB -> declared.isEmpty() ? DataType.STRING : DataType.BYTES;
            case TEXT, NUMERIC -> DataType.STRING;
        };
    }
}
