package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A database's log, opened at a position; read by one thread, while any thread may acknowledge and close. */
public interface ChangeLog extends AutoCloseable {

    /**
     * The next event, null when there is none in that time. A log that has nothing to say gives {@link LogEvent.Reached} at least
     * every heartbeat interval.
     *
     * @throws ConnectorException with category {@code fatal} when the log cannot be followed without a gap
     */
    @Nullable LogEvent poll(Duration timeout) throws ConnectorException, InterruptedException;

    /** Everything up to the position is durable; the database may forget its log before it. */
    void acknowledge(LogPosition position);

    @Override
    void close();
}
