package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the log now and then, so that the place to go on from moves also while nobody writes to the captured tables, and looks
 * how much the server keeps; for one thread, apart from {@link #lagBytes}.
 */
final class WalHeartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(WalHeartbeat.class);

    private final Server server;
    private final String slot;
    private final long intervalNanos;
    private final long maxBytes;
    private final WalErrors errors;
    private final AtomicLong lag = new AtomicLong();
    private long lastAt;
    private boolean warned;

    WalHeartbeat(Server server, String slot, Duration interval, long maxBytes, WalErrors errors) {
        this.server = server;
        this.slot = slot;
        this.maxBytes = maxBytes;
        this.errors = errors;
        intervalNanos = interval.toNanos();
        lastAt = System.nanoTime() - intervalNanos;
    }

    /** Bytes of log that the server keeps for the slot, as of the last beat. */
    long lagBytes() {
        return lag.get();
    }

    void beatWhenDue() throws ConnectorException {
        if (System.nanoTime() - lastAt < intervalNanos) {
            return;
        }
        lastAt = System.nanoTime();
        try {
            server.mark();
            Optional<SlotState> state = server.slot(slot);
            if (state.isEmpty() || state.get().lost()) {
                throw errors.slotGone(slot, state);
            }
            lag.set(state.get().lagBytes());
            warn(state.get());
        } catch (SQLException e) {
            throw errors.translate("cannot write a heartbeat", e);
        }
    }

    private void warn(SlotState state) {
        boolean large = state.lagBytes() > maxBytes || state.walStatus().equals("unreserved");
        if (large && !warned) {
            LOG.atWarn()
                    .addKeyValue("slot", slot)
                    .addKeyValue("bytes", state.lagBytes())
                    .addKeyValue("wal_status", state.walStatus())
                    .log("the server keeps much of its log for this capture, which is behind");
        }
        warned = large;
    }
}
