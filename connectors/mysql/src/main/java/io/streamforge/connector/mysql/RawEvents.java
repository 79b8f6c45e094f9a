package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.FormatDescriptionEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.FormatDescriptionEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.RotateEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes events off the wire without turning rows into objects: the library's client gets what it needs to find its way, the
 * listener the bytes. Kinds of events that the library does not know arrive all the same.
 */
final class RawEvents extends EventDeserializer {

    private int checksumLength;
    /** End of the event before, in the file. */
    private long place;

    @Override
    @Deprecated
    public void setChecksumType(ChecksumType checksumType) {
        checksumLength = checksumType.getLength();
    }

    @Override
    public @Nullable Event nextEvent(ByteArrayInputStream input) throws IOException {
        if (input.peek() == -1) {
            return null;
        }
        EventHeaderV4 header = new EventHeaderV4();
        long seconds = input.readLong(4);
        int code = input.readInteger(1);
        header.setTimestamp(seconds * 1000);
        EventType type = EventType.byEventNumber(code);
        header.setEventType(type == null ? EventType.UNKNOWN : type);
        header.setServerId(input.readLong(4));
        header.setEventLength(input.readLong(4));
        header.setNextPosition(input.readLong(4));
        header.setFlags(input.readInteger(2));
        int length = (int) header.getDataLength();
        byte[] body = input.read(code == EventCodes.FORMAT_DESCRIPTION ? length : length - checksumLength);
        input.skip(length - body.length);
        BinlogEvent event = new BinlogEvent(code, seconds, header.getServerId(), next(code, header), body);
        return new Event(header, forClient(event));
    }

    /** MariaDB 11.4 leaves out where the events inside a group end. */
    private long next(int code, EventHeaderV4 header) {
        if (header.getNextPosition() == 0 && EventCodes.inGroup(code)) {
            place += header.getEventLength();
            return place;
        }
        place = header.getNextPosition();
        return place;
    }

    /** The client follows rotations itself and needs their parsed form. */
    private EventData forClient(BinlogEvent event) throws IOException {
        if (event.type() == EventCodes.ROTATE) {
            EventData parsed = new RotateEventDataDeserializer().deserialize(new ByteArrayInputStream(event.body()));
            return new EventDataWrapper(parsed, event);
        }
        if (event.type() == EventCodes.FORMAT_DESCRIPTION) {
            FormatDescriptionEventData description =
                    new FormatDescriptionEventDataDeserializer().deserialize(new ByteArrayInputStream(event.body()));
            checksumLength = description.getChecksumType().getLength();
        }
        return event;
    }
}
