package io.streamforge.connector.mysql;

/**
 * The head of a row event.
 *
 * @param from where the first image begins
 * @param complete whether the images hold all columns
 */
record RowsEvent(Kind kind, int from, boolean complete) {

    private static final int NUMBER_AND_FLAGS = 8;

    enum Kind {
        WRITE,
        UPDATE,
        DELETE
    }

    static RowsEvent of(BinlogEvent event, int width) {
        EventBytes bytes = new EventBytes(event.body());
        bytes.skip(NUMBER_AND_FLAGS);
        if (event.type() >= EventCodes.WRITE_ROWS_2) {
            bytes.skip(bytes.unsigned16() - 2);
        }
        int columns = bytes.packed();
        Kind kind = kind(event.type());
        boolean complete = columns == width && all(bytes, columns);
        if (kind == Kind.UPDATE) {
            complete &= all(bytes, columns);
        }
        return new RowsEvent(kind, bytes.position(), complete);
    }

    static boolean is(int type) {
        return (type >= EventCodes.WRITE_ROWS_1 && type <= EventCodes.DELETE_ROWS_1)
                || (type >= EventCodes.WRITE_ROWS_2 && type <= EventCodes.DELETE_ROWS_2);
    }

    /** Number of the table map a row event belongs to. */
    static long table(BinlogEvent event) {
        return EventBytes.littleEndian(event.body(), 0, 6);
    }

    private static Kind kind(int type) {
        return switch (type) {
            case EventCodes.WRITE_ROWS_1, EventCodes.WRITE_ROWS_2 -> Kind.WRITE;
            case EventCodes.UPDATE_ROWS_1, EventCodes.UPDATE_ROWS_2 -> Kind.UPDATE;
            default -> Kind.DELETE;
        };
    }

    private static boolean all(EventBytes bytes, int columns) {
        boolean all = true;
        for (int i = 0; i < columns; i += 8) {
            int expected = columns - i >= 8 ? 0xFF : (1 << (columns - i)) - 1;
            all &= (bytes.unsigned8() & expected) == expected;
        }
        return all;
    }
}
