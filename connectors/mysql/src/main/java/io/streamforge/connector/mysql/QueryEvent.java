package io.streamforge.connector.mysql;

/**
 * A statement in the log.
 *
 * @param database that names without one belong to
 */
record QueryEvent(String database, String sql) {

    private static final int THREAD_AND_TIME = 8;

    static QueryEvent of(BinlogEvent event) {
        EventBytes bytes = new EventBytes(event.body());
        bytes.skip(THREAD_AND_TIME);
        int databaseSize = bytes.unsigned8();
        bytes.skip(2);
        bytes.skip(bytes.unsigned16());
        String database = bytes.text(databaseSize);
        bytes.skip(1);
        return new QueryEvent(database, bytes.rest().strip());
    }
}
