package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import java.util.Optional;

/** Chooses how the values of a column are copied from an image into a row. */
final class Cells {

    private Cells() {}

    /** Empty when the image's type and the column's do not go together: the layout is not the one of the image. */
    static Optional<Cell> of(ImageColumn image, SqlColumn sql, Column column) {
        if (!fits(image, sql)) {
            return Optional.empty();
        }
        return switch (image.code()) {
            case ImageColumn.TINY, ImageColumn.SHORT, ImageColumn.INT24, ImageColumn.LONG, ImageColumn.LONGLONG ->
                Optional.of(NumberCells.integer(image.size(new byte[0], 0), sql.unsigned(), column));
            case ImageColumn.YEAR -> Optional.of(NumberCells.year());
            case ImageColumn.FLOAT -> Optional.of(NumberCells.floating());
            case ImageColumn.DOUBLE -> Optional.of(NumberCells.doubled());
            case ImageColumn.DECIMAL -> Optional.of(new DecimalCell(image.precision(), image.scale()));
            case ImageColumn.BIT -> Optional.of(NumberCells.bits(image, column));
            case ImageColumn.DATE, ImageColumn.NEWDATE -> Optional.of(TimeCells.date(column));
            case ImageColumn.TIME -> Optional.of(TimeCells.time(image, column));
            case ImageColumn.TIME_OLD -> Optional.of(TimeCells.oldTime(column));
            case ImageColumn.DATETIME -> Optional.of(TimeCells.dateTime(image, column));
            case ImageColumn.DATETIME_OLD -> Optional.of(TimeCells.oldDateTime(column));
            case ImageColumn.TIMESTAMP -> Optional.of(TimeCells.timestamp(image, column));
            case ImageColumn.TIMESTAMP_OLD -> Optional.of(TimeCells.oldTimestamp(column));
            case ImageColumn.ENUM -> Optional.of(TextCells.member(image, sql.members(), column));
            case ImageColumn.SET -> Optional.of(TextCells.members(image, sql.members(), column));
            case ImageColumn.JSON -> Optional.of(TextCells.document(image));
            default -> textual(image, sql, column);
        };
    }

    private static Optional<Cell> textual(ImageColumn image, SqlColumn sql, Column column) {
        return switch (sql.base()) {
            case "uuid" -> Optional.of(AddressCells.uuid(image));
            case "inet4" -> Optional.of(AddressCells.inet4(image));
            case "inet6" -> Optional.of(AddressCells.inet6(image));
            case "binary" -> Optional.of(TextCells.padded(image, sql.length(1)));
            default ->
                column.type().kind() == Kind.BYTES ? Optional.of(TextCells.bytes(image)) : text(image, sql, column);
        };
    }

    private static Optional<Cell> text(ImageColumn image, SqlColumn sql, Column column) {
        String charset = sql.charset();
        return charset == null
                ? Optional.empty()
                : TextDecoder.of(charset).map(decoder -> TextCells.text(image, decoder, column));
    }

    private static boolean fits(ImageColumn image, SqlColumn sql) {
        return switch (sql.base()) {
            case "tinyint", "bool", "boolean" -> image.code() == ImageColumn.TINY;
            case "smallint" -> image.code() == ImageColumn.SHORT;
            case "mediumint" -> image.code() == ImageColumn.INT24;
            case "int", "integer" -> image.code() == ImageColumn.LONG;
            case "bigint" -> image.code() == ImageColumn.LONGLONG;
            case "float" -> image.code() == ImageColumn.FLOAT;
            case "double", "real" -> image.code() == ImageColumn.DOUBLE;
            case "decimal", "numeric" -> image.code() == ImageColumn.DECIMAL;
            case "bit" -> image.code() == ImageColumn.BIT;
            case "year" -> image.code() == ImageColumn.YEAR;
            case "date" -> image.code() == ImageColumn.DATE || image.code() == ImageColumn.NEWDATE;
            case "time" -> image.code() == ImageColumn.TIME || image.code() == ImageColumn.TIME_OLD;
            case "datetime" -> image.code() == ImageColumn.DATETIME || image.code() == ImageColumn.DATETIME_OLD;
            case "timestamp" -> image.code() == ImageColumn.TIMESTAMP || image.code() == ImageColumn.TIMESTAMP_OLD;
            case "enum" -> image.code() == ImageColumn.ENUM;
            case "set" -> image.code() == ImageColumn.SET;
            case "json" -> image.code() == ImageColumn.JSON || image.code() == ImageColumn.BLOB;
            case "char", "binary", "uuid", "inet4", "inet6" -> image.code() == ImageColumn.STRING;
            case "varchar", "varbinary" ->
                image.code() == ImageColumn.VARCHAR || image.code() == ImageColumn.VAR_STRING;
            case "tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob" ->
                image.code() == ImageColumn.BLOB;
            default -> image.code() == ImageColumn.GEOMETRY;
        };
    }
}
