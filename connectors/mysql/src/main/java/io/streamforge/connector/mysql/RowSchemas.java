package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;

/** What the rows of a table look like. */
final class RowSchemas {

    private RowSchemas() {}

    static RowSchema of(TableId table, List<SqlColumn> columns, List<String> key) throws ConnectorException {
        java.util.ArrayList<Column> result = new java.util.ArrayList<>();
        for (SqlColumn column : columns) {
            DataType type = type(column)
                    .orElseThrow(() -> new ConnectorException(
                            "MYSQL-TYPE-REFUSED",
                            Category.FATAL,
                            table + "." + column.name() + ": columns of type " + column.type() + " are not captured",
                            "leave the table out of tables"));
            result.add(new Column(column.name(), type, column.nullable()));
        }
        return new RowSchema(table.toString(), result, key);
    }

    private static Optional<DataType> type(SqlColumn column) {
        return Optional.ofNullable(
                switch (column.base()) {
                    case "tinyint", "smallint", "mediumint", "year" -> DataType.INT32;
                    case "int" -> column.unsigned() ? DataType.INT64 : DataType.INT32;
                    case "bigint" -> column.unsigned() ? DataType.UINT64 : DataType.INT64;
                    case "float" -> DataType.FLOAT32;
                    case "double" -> DataType.FLOAT64;
                    case "decimal" -> DataType.decimal(column.length(10), column.scale());
                    case "date" -> DataType.DATE;
                    case "time" -> DataType.time(column.length(0));
                    case "datetime" -> DataType.timestamp(column.length(0));
                    case "timestamp" -> DataType.timestampTz(column.length(0));
                    case "char",
                            "varchar",
                            "tinytext",
                            "text",
                            "mediumtext",
                            "longtext",
                            "enum",
                            "set",
                            "inet4",
                            "inet6" -> DataType.STRING;
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> DataType.BYTES;
                    case "bit" -> bits(column.length(1));
                    case "json" -> DataType.JSON;
                    case "uuid" -> DataType.UUID;
                    default -> null;
                });
    }

    private static DataType bits(int length) {
        if (length <= 1) {
            return DataType.BOOLEAN;
        }
        return length < Long.SIZE ? DataType.INT64 : DataType.UINT64;
    }
}
