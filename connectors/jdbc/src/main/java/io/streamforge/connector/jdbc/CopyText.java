package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/** UTF-8 as it is. PostgreSQL cannot store U+0000, and would cut trailing blanks that are too many for a varchar. */
final class CopyText implements CopyColumn {

    private static final int JSONB_VERSION = 1;

    private final Column column;
    private final int longest;
    private final boolean jsonb;

    /** @param longest characters, -1 for any number */
    CopyText(Column column, int longest) {
        this(column, longest, false);
    }

    private CopyText(Column column, int longest, boolean jsonb) {
        this.column = column;
        this.longest = longest;
        this.jsonb = jsonb;
    }

    static CopyText jsonb(Column column) {
        return new CopyText(column, -1, true);
    }

    @Override
    public void encode(RowCursor row, int index, CopyBuffer out) {
        byte[] bytes = row.array();
        int from = row.contentStart(index);
        int to = row.end(index);
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                throw new InvalidValueException(
                        column, row.getString(index), "has a U+0000, which PostgreSQL cannot store");
            }
        }
        if (longest >= 0 && to - from > longest && characters(bytes, from, to) > longest) {
            throw new InvalidValueException(
                    column, row.getString(index), "is longer than the target column's " + longest + " characters");
        }
        out.putInt(to - from + (jsonb ? 1 : 0));
        if (jsonb) {
            out.putByte(JSONB_VERSION);
        }
        out.putBytes(bytes, from, to);
    }

    private static int characters(byte[] utf8, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if ((utf8[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
