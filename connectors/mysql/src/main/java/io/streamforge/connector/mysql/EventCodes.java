package io.streamforge.connector.mysql;

/** Numbers of the kinds of events that matter here, as both servers write them. */
final class EventCodes {

    static final int QUERY = 2;
    static final int ROTATE = 4;
    static final int FORMAT_DESCRIPTION = 15;
    static final int XID = 16;
    static final int TABLE_MAP = 19;
    static final int WRITE_ROWS_1 = 23;
    static final int UPDATE_ROWS_1 = 24;
    static final int DELETE_ROWS_1 = 25;
    static final int INCIDENT = 26;
    static final int HEARTBEAT = 27;
    static final int WRITE_ROWS_2 = 30;
    static final int UPDATE_ROWS_2 = 31;
    static final int DELETE_ROWS_2 = 32;
    static final int GTID = 33;
    static final int ANONYMOUS_GTID = 34;
    static final int XA_PREPARE = 38;
    static final int PARTIAL_UPDATE_ROWS = 39;
    static final int TRANSACTION_PAYLOAD = 40;
    static final int HEARTBEAT_2 = 41;
    static final int MARIADB_GTID = 162;
    static final int MARIADB_GTID_LIST = 163;
    static final int MARIADB_QUERY_COMPRESSED = 165;
    static final int MARIADB_WRITE_ROWS_COMPRESSED_1 = 166;
    static final int MARIADB_DELETE_ROWS_COMPRESSED_2 = 171;

    private EventCodes() {}

    /** What carries rows, and so never stands alone. */
    static boolean inGroup(int type) {
        return type == TABLE_MAP
                || RowsEvent.is(type)
                || (CompressedEvents.is(type) && type != MARIADB_QUERY_COMPRESSED);
    }
}
