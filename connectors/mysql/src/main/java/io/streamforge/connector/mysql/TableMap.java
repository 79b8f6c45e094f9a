package io.streamforge.connector.mysql;

import java.util.ArrayList;
import java.util.List;

/**
 * What a table map event says: which table the row events of a number are of, and how its columns lie in their images.
 *
 * @param names of the columns when the server writes them ({@code binlog_row_metadata=FULL}), otherwise empty
 */
record TableMap(long number, TableId table, List<ImageColumn> columns, List<String> names) {

    private static final int NUMBER = 6;
    private static final int FLAGS = 2;
    private static final int COLUMN_NAMES = 4;

    /** Only the number and the table: nothing of tables that nobody reads is looked at further. */
    static TableMap head(byte[] body) {
        EventBytes bytes = new EventBytes(body);
        return new TableMap(bytes.unsigned(NUMBER), table(bytes), List.of(), List.of());
    }

    static TableMap parse(byte[] body) {
        EventBytes bytes = new EventBytes(body);
        long number = bytes.unsigned(NUMBER);
        TableId table = table(bytes);
        byte[] types = bytes.copy(bytes.packed());
        EventBytes metadata = bytes.block(bytes.packed());
        List<ImageColumn> columns = new ArrayList<>(types.length);
        for (byte type : types) {
            int code = type & 0xFF;
            columns.add(ImageColumn.of(code, metadata(code, metadata)));
        }
        bytes.skip((types.length + 7) / 8);
        return new TableMap(number, table, List.copyOf(columns), names(bytes));
    }

    private static TableId table(EventBytes bytes) {
        bytes.skip(FLAGS);
        String database = bytes.text(bytes.unsigned8());
        bytes.skip(1);
        String table = bytes.text(bytes.unsigned8());
        bytes.skip(1);
        return new TableId(database, table);
    }

    private static int metadata(int code, EventBytes metadata) {
        return switch (code) {
            case ImageColumn.FLOAT,
                    ImageColumn.DOUBLE,
                    ImageColumn.BLOB,
                    ImageColumn.JSON,
                    ImageColumn.GEOMETRY,
                    ImageColumn.TIME,
                    ImageColumn.DATETIME,
                    ImageColumn.TIMESTAMP -> metadata.unsigned8();
            case ImageColumn.BIT, ImageColumn.VARCHAR, ImageColumn.VAR_STRING, ImageColumn.DECIMAL ->
                metadata.unsigned16();
            case ImageColumn.ENUM, ImageColumn.SET, ImageColumn.STRING ->
                metadata.unsigned8() << 8 | metadata.unsigned8();
            default -> 0;
        };
    }

    private static List<String> names(EventBytes bytes) {
        while (bytes.more()) {
            int field = bytes.unsigned8();
            EventBytes value = bytes.block(bytes.packed());
            if (field == COLUMN_NAMES) {
                List<String> names = new ArrayList<>();
                while (value.more()) {
                    names.add(value.text(value.packed()));
                }
                return List.copyOf(names);
            }
        }
        return List.of();
    }
}
