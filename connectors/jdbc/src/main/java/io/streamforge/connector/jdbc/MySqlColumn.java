package io.streamforge.connector.jdbc;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/**
 * How values of a column are written as text.
 *
 * @param form what stands around the text
 */
record MySqlColumn(Form form, Encoder encoder) {

    enum Form {
        NUMBER,
        /** A number, for a column that takes text as bits. */
        BITS,
        QUOTED,
        /** Bytes as hexadecimal digits. */
        HEX
    }

    /** Appends a value that is not null. */
    @FunctionalInterface
    interface Encoder {

        /** @throws InvalidValueException when the target's column cannot hold the value; what was written of it must be dropped */
        void encode(RowCursor row, int column, MySqlText out);
    }

    static MySqlColumn number(Encoder encoder) {
        return new MySqlColumn(Form.NUMBER, encoder);
    }

    static MySqlColumn quoted(Encoder encoder) {
        return new MySqlColumn(Form.QUOTED, encoder);
    }
}
