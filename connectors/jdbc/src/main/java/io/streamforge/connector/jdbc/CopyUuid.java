package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/** The 36 characters of a UUID as its 16 bytes. */
final class CopyUuid implements CopyColumn {

    private static final int TEXT_LENGTH = 36;

    private final Column column;

    CopyUuid(Column column) {
        this.column = column;
    }

    @Override
    public void encode(RowCursor row, int index, CopyBuffer out) {
        byte[] text = row.array();
        int from = row.contentStart(index);
        if (row.end(index) - from != TEXT_LENGTH) {
            throw invalid(row, index);
        }
        out.putInt(2 * Long.BYTES);
        for (int i = 0; i < TEXT_LENGTH; ) {
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (text[from + i++] != '-') {
                    throw invalid(row, index);
                }
            }
            int high = Character.digit((char) text[from + i++], 16);
            int low = Character.digit((char) text[from + i++], 16);
            if (high < 0 || low < 0) {
                throw invalid(row, index);
            }
            out.putByte(high << 4 | low);
        }
    }

    private InvalidValueException invalid(RowCursor row, int index) {
        return new InvalidValueException(column, row.getString(index), "is not a UUID");
    }
}
