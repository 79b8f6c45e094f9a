package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.GtidSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Transactions that lie before a position, by their global ids; each server has a notation of its own. */
sealed interface Gtids {

    /** Adds the transaction of the group that has ended. */
    void commit();

    /** Remembers the id at the beginning of a group. */
    void begin(BinlogEvent event);

    /** As the server writes it. */
    @Override
    String toString();

    static Gtids of(boolean mariaDb, String text) {
        return mariaDb ? new MariaDb(text) : new MySql(text);
    }

    /** Intervals by server: {@code 3e11fa47-…:1-5}. */
    final class MySql implements Gtids {

        private final GtidSet set;
        private @Nullable String open;

        MySql(String text) {
            set = new GtidSet(text.replace("\n", ""));
        }

        @Override
        public void begin(BinlogEvent event) {
            if (event.type() == EventCodes.ANONYMOUS_GTID) {
                open = null;
                return;
            }
            UUID server = new UUID(EventBytes.bigEndian(event.body(), 1, 8), EventBytes.bigEndian(event.body(), 9, 8));
            open = server + ":" + EventBytes.littleEndian(event.body(), 17, 8);
        }

        @Override
        public void commit() {
            String done = open;
            if (done != null) {
                set.add(done);
                open = null;
            }
        }

        @Override
        public String toString() {
            return set.toString();
        }
    }

    /** The last transaction of each domain: {@code 0-1-100,1-2-7}. */
    final class MariaDb implements Gtids {

        private static final int DOMAIN = 8;

        private final Map<Long, String> last = new TreeMap<>();
        private @Nullable String open;

        MariaDb(String text) {
            for (String gtid : text.isEmpty() ? new String[0] : text.split(",")) {
                put(gtid.strip());
            }
        }

        @Override
        public void begin(BinlogEvent event) {
            open = EventBytes.littleEndian(event.body(), DOMAIN, 4) + "-" + event.server() + "-"
                    + Long.toUnsignedString(EventBytes.littleEndian(event.body(), 0, 8));
        }

        @Override
        public void commit() {
            String done = open;
            if (done != null) {
                put(done);
                open = null;
            }
        }

        private void put(String gtid) {
            last.put(Long.valueOf(gtid.substring(0, gtid.indexOf('-'))), gtid);
        }

        @Override
        public String toString() {
            return String.join(",", last.values());
        }
    }
}
