package io.streamforge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network that can be cut: passes connections on to a server of this machine, until {@link #cut} breaks those there are and lets new
 * ones wait without an answer; {@link #restore} brings it back.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 65_536;

    private final ServerSocket listener;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean cut;

    public TcpProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void cut() {
        cut = true;
        sockets.forEach(TcpProxy::close);
    }

    public void restore() {
        cut = false;
        sockets.forEach(TcpProxy::close);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(TcpProxy::close);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                if (!cut) {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                    sockets.add(server);
                    threads.execute(() -> copy(client, server));
                    threads.execute(() -> copy(server, client));
                }
            } catch (IOException e) {
                // The proxy was closed, or the server is not there: the client waits as it would for a lost packet.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] bytes = new byte[BUFFER];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                out.write(bytes, 0, size);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone: the other is closed too.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
