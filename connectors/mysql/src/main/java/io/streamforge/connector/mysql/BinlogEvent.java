package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.event.EventData;

/**
 * An event as it came: header fields and the body's bytes, without checksum.
 *
 * @param type the server's number of the kind of event, see {@link EventCodes}
 * @param seconds when it was written, since the epoch
 * @param server id of the server that made the change
 * @param next offset in the file behind the event; 0 when the event is not in the file
 */
record BinlogEvent(int type, long seconds, long server, long next, byte[] body) implements EventData {

    private static final long serialVersionUID = 1L;
}
