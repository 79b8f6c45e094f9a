package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/** ISO-8601 durations as PostgreSQL's months, days and microseconds. */
final class CopyInterval implements CopyColumn {

    private final Column column;

    CopyInterval(Column column) {
        this.column = column;
    }

    @Override
    public void encode(RowCursor row, int index, CopyBuffer out) {
        String text = row.getString(index);
        try {
            IsoInterval interval = IsoInterval.parse(text);
            out.putInt(Long.BYTES + 2 * Integer.BYTES);
            out.putLong(interval.micros());
            out.putInt(interval.days());
            out.putInt(interval.months());
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(column, text, String.valueOf(e.getMessage()));
        }
    }
}
