package io.streamforge.testing.history;

/**
 * A row of the load.
 *
 * @param commit id of the transaction that wrote it last; grows for each key
 */
public record HistoryRow(long id, long commit, String note, long sum) {

    /** What {@code sum} must be. */
    public static long sum(long id, long commit, String note) {
        return 31 * (31 * id + commit) + note.hashCode();
    }

    /** @throws AssertionError when the values do not belong together */
    public HistoryRow {
        if (sum != sum(id, commit, note)) {
            throw new AssertionError(
                    "row " + id + " of commit " + commit + " with note '" + note + "' is put together wrongly");
        }
    }
}
