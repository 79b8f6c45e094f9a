package io.streamforge.connector.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A TCP proxy that can lose an answer: once armed with a text, it passes on the next request that has the text, waits for the
 * answer, keeps it to itself and closes the connection.
 */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicReference<String> armed = new AtomicReference<>("");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    CuttingProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cutAnswerTo(String text) {
        armed.set(text);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Connection connection =
                        new Connection(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort));
                threads.execute(connection::requests);
                threads.execute(connection::answers);
            } catch (IOException e) {
                return;
            }
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile boolean cut;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            copy(client, server, false);
        }

        void answers() {
            copy(server, client, true);
        }

        private void copy(Socket from, Socket to, boolean answers) {
            byte[] bytes = new byte[65_536];
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int size = in.read(bytes); size >= 0; size = in.read(bytes)) {
                    if (answers && cut) {
                        return;
                    }
                    String text = armed.get();
                    if (!answers
                            && !text.isEmpty()
                            && new String(bytes, 0, size, StandardCharsets.ISO_8859_1).contains(text)) {
                        armed.set("");
                        cut = true;
                    }
                    out.write(bytes, 0, size);
                    out.flush();
                }
            } catch (IOException e) {
                // one side has gone: the other is closed too
            }
        }
    }
}
