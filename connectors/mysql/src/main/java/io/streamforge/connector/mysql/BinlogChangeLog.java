package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.ChangeLog;
import io.streamforge.connector.capture.LogEvent;
import io.streamforge.connector.capture.LogPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's binary log, received on a thread of its own from the moment it is opened. */
final class BinlogChangeLog implements ChangeLog {

    private static final Logger log = LoggerFactory.getLogger(BinlogChangeLog.class);
    private static final Duration END = Duration.ofSeconds(5);

    private final ChangeQueue queue;
    private final BinlogConnection connection;
    private final Thread thread;
    private final Duration heartbeat;
    private final Queue<LogEvent> events = new ArrayDeque<>();
    private BinlogPosition reached;
    private long saidAt = System.nanoTime();

    /**
     * @param from with the layouts of the tables that are captured there
     * @param joining those that are captured from a later place on
     */
    BinlogChangeLog(
            ServerAddress address,
            Server server,
            long serverId,
            BinlogPosition from,
            @Nullable Joining joining,
            Duration heartbeat,
            long queueBytes) {
        this.heartbeat = heartbeat;
        reached = from;
        LogReader reader = new LogReader(address, from, Gtids.of(server.mariaDb(), from.gtids()), joining);
        queue = new ChangeQueue(reader, from, queueBytes);
        connection = new BinlogConnection(address, serverId, from, heartbeat, queue);
        for (TableLayout layout : from.layouts().all()) {
            events.add(new LogEvent.SchemaChanged(layout.schema(), "as of " + from, from));
        }
        thread = new Thread(this::receive, "binlog-" + address.place());
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        try {
            connection.run();
        } catch (ConnectorException | InterruptedException | RuntimeException e) {
            queue.end(e);
        }
    }

    @Override
    public @Nullable LogEvent poll(Duration timeout) throws ConnectorException, InterruptedException {
        if (events.isEmpty()) {
            Optional<ChangeQueue.Batch> batch = queue.take(timeout);
            if (batch.isPresent()) {
                reached = batch.get().after();
                batch.get().changes().forEach(placed -> events.add(event(placed)));
                events.add(new LogEvent.Reached(reached));
            } else if (System.nanoTime() - saidAt >= heartbeat.toNanos()) {
                events.add(new LogEvent.Reached(reached));
            }
        }
        LogEvent next = events.poll();
        if (next != null) {
            saidAt = System.nanoTime();
        }
        return next;
    }

    private static LogEvent event(PendingChanges.Placed placed) {
        Change change = placed.change();
        if (change instanceof Change.Rows rows) {
            return new LogEvent.Rows(rows.layout().schema(), rows.rows(), placed.after(), rows.rejected());
        }
        if (change instanceof Change.Truncated truncated) {
            return new LogEvent.Truncated(truncated.layout().schema().name(), truncated.micros(), placed.after());
        }
        return new LogEvent.SchemaChanged(
                change.layout().schema(), ((Change.Altered) change).statement(), placed.after());
    }

    /** Everything before it has been polled, or will be with the next events. */
    BinlogPosition reached() {
        return reached;
    }

    /** Lets {@link #poll} say so as soon as the position is reached. */
    void await(BinlogPosition position) {
        queue.await(position);
    }

    @Override
    public void acknowledge(LogPosition position) {
        // The server forgets its log by age and asks nobody.
    }

    @Override
    public void close() {
        queue.end(new InterruptedException("closed"));
        connection.close();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.atWarn().log("the connection to the binary log has not ended in time");
        }
    }
}
