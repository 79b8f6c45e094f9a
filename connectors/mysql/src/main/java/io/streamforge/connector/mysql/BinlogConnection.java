package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.network.protocol.command.QueryCommand;
import io.streamforge.connector.ConnectorException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One connection that receives events, for one use. It never reconnects: whoever resumes begins at a position that is known
 * to be committed, and only the worker knows that one.
 */
final class BinlogConnection implements AutoCloseable {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(BinlogConnection.class);
    /** Held, so that the level stays: the library's own lines are repeated as errors of ours. */
    private static final Logger CLIENT_LOG = Logger.getLogger(Client.class.getName());

    private static final int HEARTBEATS_MISSED = 4;
    /** How long a server waits for a reader that is held back before it hangs up; its own default is a minute. */
    private static final Duration HELD_BACK = Duration.ofHours(1);

    static {
        CLIENT_LOG.setLevel(Level.OFF);
    }

    /** Receives events in their order, on the connection's thread; blocking holds the server back. */
    @FunctionalInterface
    interface Listener {
        void on(BinlogEvent event) throws ConnectorException, InterruptedException;
    }

    private final ServerAddress address;
    private final BinlogPosition from;
    private final Client client;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean closed;

    BinlogConnection(ServerAddress address, long serverId, BinlogPosition from, Duration heartbeat, Listener listener) {
        this.address = address;
        this.from = from;
        client = new Client(address);
        client.setServerId(serverId);
        client.setBinlogFilename(from.file());
        client.setBinlogPosition(from.offset());
        client.setKeepAlive(false);
        client.setConnectTimeout(address.connectTimeout().toMillis());
        client.setHeartbeatInterval(heartbeat.toMillis());
        client.setEventDeserializer(new RawEvents());
        client.setSSLMode(address.tls());
        int silence = Math.toIntExact(heartbeat.toMillis() * HEARTBEATS_MISSED);
        client.setSocketFactory(() -> socket(silence));
        client.registerEventListener(event -> deliver(listener, event));
        client.registerLifecycleListener(new Watcher());
    }

    private static Socket socket(int silence) throws SocketException {
        Socket socket = new Socket();
        socket.setSoTimeout(silence);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket;
    }

    /** Receives until the connection is closed from our side. */
    void run() throws ConnectorException, InterruptedException {
        try {
            client.connect();
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
        Exception cause = failure.get();
        if (closed || cause instanceof InterruptedException) {
            throw new InterruptedException();
        }
        if (cause instanceof ConnectorException known) {
            throw known;
        }
        throw Failures.stream(
                address, from, cause == null ? new EOFException("the server closed the connection") : cause);
    }

    private void deliver(Listener listener, Event event) {
        try {
            if (failure.get() == null) {
                listener.on((BinlogEvent) event.getData());
            }
        } catch (ConnectorException | InterruptedException e) {
            // The client swallows what listeners throw.
            fail(e);
        } catch (RuntimeException e) {
            fail(Failures.unreadable(address, (BinlogEvent) event.getData(), e));
        }
    }

    private void fail(Exception e) {
        failure.compareAndSet(null, e);
        disconnect();
    }

    private void disconnect() {
        try {
            client.disconnect();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("binary log connection not closed cleanly");
        }
    }

    /** Ends {@link #run}, which may be called on another thread. */
    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private final class Watcher extends BinaryLogClient.AbstractLifecycleListener {

        @Override
        public void onCommunicationFailure(BinaryLogClient source, Exception e) {
            failure.compareAndSet(null, e);
        }

        @Override
        public void onEventDeserializationFailure(BinaryLogClient source, Exception e) {
            // The client would go on behind the event it could not read.
            fail(Failures.unreadable(address, null, e));
        }
    }

    private static final class Client extends BinaryLogClient {

        Client(ServerAddress address) {
            super(address.host(), address.port(), null, address.username(), address.password());
        }

        @Override
        protected void setupConnection() throws IOException {
            super.setupConnection();
            channel.write(new QueryCommand("SET SESSION net_write_timeout=" + HELD_BACK.toSeconds()));
            checkError(channel.read());
        }
    }
}
