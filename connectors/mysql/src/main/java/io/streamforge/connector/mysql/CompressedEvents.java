package io.streamforge.connector.mysql;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks what servers compress: MySQL whole transactions with zstd, MariaDB single events with zlib. */
final class CompressedEvents {

    private static final int HEADER = 19;
    private static final int COMPRESSED_TO_PLAIN_1 =
            EventCodes.MARIADB_WRITE_ROWS_COMPRESSED_1 - EventCodes.WRITE_ROWS_1;
    private static final int COMPRESSED_2 = EventCodes.MARIADB_WRITE_ROWS_COMPRESSED_1 + 3;
    private static final int COMPRESSED_TO_PLAIN_2 = COMPRESSED_2 - EventCodes.WRITE_ROWS_2;
    private static final int QUERY_FIXED = 13;
    private static final int QUERY_DATABASE_SIZE = 8;
    private static final int QUERY_STATUS_SIZE = 11;
    private static final int ROWS_FIXED = 8;

    private static final int FIELDS_END = 0;
    private static final int FIELD_COMPRESSION = 2;
    private static final int FIELD_UNCOMPRESSED_SIZE = 3;
    private static final int NOT_COMPRESSED = 255;

    private CompressedEvents() {}

    static boolean is(int type) {
        return type >= EventCodes.MARIADB_QUERY_COMPRESSED && type <= EventCodes.MARIADB_DELETE_ROWS_COMPRESSED_2;
    }

    /** The event as MariaDB would have written it without {@code log_bin_compress}. */
    static BinlogEvent expand(BinlogEvent event) {
        byte[] body = event.body();
        if (event.type() == EventCodes.MARIADB_QUERY_COMPRESSED) {
            int from = QUERY_FIXED
                    + (int) EventBytes.littleEndian(body, QUERY_STATUS_SIZE, 2)
                    + (body[QUERY_DATABASE_SIZE] & 0xFF)
                    + 1;
            return with(event, EventCodes.QUERY, inflated(body, from));
        }
        boolean first = event.type() < COMPRESSED_2;
        int plain = event.type() - (first ? COMPRESSED_TO_PLAIN_1 : COMPRESSED_TO_PLAIN_2);
        EventBytes bytes = new EventBytes(body);
        bytes.skip(ROWS_FIXED);
        if (!first) {
            bytes.skip(bytes.unsigned16() - 2);
        }
        int bitmap = (bytes.packed() + 7) / 8;
        boolean update = plain == EventCodes.UPDATE_ROWS_1 || plain == EventCodes.UPDATE_ROWS_2;
        bytes.skip(update ? 2 * bitmap : bitmap);
        return with(event, plain, inflated(body, bytes.position()));
    }

    private static BinlogEvent with(BinlogEvent event, int type, byte[] body) {
        return new BinlogEvent(type, event.seconds(), event.server(), event.next(), body);
    }

    /** Head byte (how long the length is), length from its highest byte on, zlib. */
    private static byte[] inflated(byte[] body, int from) {
        int lengthSize = body[from] & 0x07;
        int size = (int) EventBytes.bigEndian(body, from + 1, lengthSize);
        byte[] whole = Arrays.copyOf(Arrays.copyOf(body, from), from + size);
        Inflater inflater = new Inflater();
        try {
            int start = from + 1 + lengthSize;
            inflater.setInput(body, start, body.length - start);
            int done = from;
            while (done < whole.length && !inflater.finished()) {
                done += inflater.inflate(whole, done, whole.length - done);
            }
            return whole;
        } catch (DataFormatException e) {
            throw new IllegalStateException("a compressed event is damaged", e);
        } finally {
            inflater.end();
        }
    }

    /**
     * The events of a transaction that MySQL compressed. They have no places of their own in the file; the bytes of the whole
     * stand for them, one for each, so that reading goes on behind those that were handed on. When there are more events than
     * bytes, those that are left over have none.
     */
    static List<BinlogEvent> transaction(BinlogEvent event) {
        EventBytes bytes = new EventBytes(event.body());
        int size = 0;
        int compression = 0;
        int field = bytes.packed();
        while (field != FIELDS_END) {
            EventBytes value = bytes.block(bytes.packed());
            if (field == FIELD_COMPRESSION) {
                compression = value.packed();
            } else if (field == FIELD_UNCOMPRESSED_SIZE) {
                size = value.packed();
            }
            field = bytes.packed();
        }
        byte[] packed = Arrays.copyOfRange(event.body(), bytes.position(), event.body().length);
        byte[] plain = compression == NOT_COMPRESSED ? packed : Zstd.decompress(packed, size);
        return events(plain, event);
    }

    private static List<BinlogEvent> events(byte[] plain, BinlogEvent whole) {
        List<BinlogEvent> events = new ArrayList<>();
        int at = 0;
        long place = whole.next() - whole.body().length;
        while (at < plain.length) {
            int length = (int) EventBytes.littleEndian(plain, at + 9, 4);
            int type = plain[at + 4] & 0xFF;
            byte[] body = Arrays.copyOfRange(plain, at + HEADER, at + length);
            boolean last = at + length >= plain.length;
            place++;
            long next = last ? whole.next() : place < whole.next() ? place : 0;
            events.add(new BinlogEvent(type, EventBytes.littleEndian(plain, at, 4), whole.server(), next, body));
            at += length;
        }
        return events;
    }
}
