package io.streamforge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server that is durable as in production and can be followed: its binary log has full row images and GTIDs. The
 * user {@code streamforge} (password {@code streamforge}) connects over TCP and may do everything.
 */
public final class EmbeddedMariaDbServer implements AutoCloseable {

    private static final Path BUILD_DIRECTORY = Path.of("target");

    private static @Nullable EmbeddedMariaDbServer shared;

    private final MariaDbProcess process;
    private final AtomicInteger databases = new AtomicInteger();

    private EmbeddedMariaDbServer(MariaDbProcess process) {
        this.process = process;
    }

    /** The server of this JVM, started on first use and stopped when the JVM ends; never close it. */
    public static synchronized EmbeddedMariaDbServer shared() {
        EmbeddedMariaDbServer server = shared;
        if (server == null) {
            server = start();
            shared = server;
        }
        return server;
    }

    /**
     * A server of one's own, for tests that stop it; it ends with {@link #close} or with the JVM.
     *
     * @param arguments of the server program, after ours, such as {@code --binlog-row-metadata=FULL}
     */
    public static EmbeddedMariaDbServer start(String... arguments) {
        try {
            Path directory =
                    Files.createDirectories(BUILD_DIRECTORY.resolve("mariadb").toAbsolutePath());
            MariaDbProcess process = new MariaDbProcess(
                    MariaDbInstallation.in(directory), Files.createTempDirectory(directory, "data-"), arguments);
            EmbeddedMariaDbServer server = new EmbeddedMariaDbServer(process);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop MariaDB"));
            process.create();
            process.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start MariaDB", e);
        }
    }

    public int port() {
        return process.port();
    }

    /** The {@code mariadb} command line program of the same release. */
    public Path client() {
        return process.client();
    }

    /** An empty database that no other test uses. */
    public MariaDbDatabase newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        database("mysql").execute("CREATE DATABASE " + name);
        return database(name);
    }

    /** Kills the process without any farewell; the data stays. */
    public void kill() {
        process.kill();
    }

    /** Starts the server again after {@link #kill}, with its data and on its port. */
    public void restart() {
        try {
            process.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start MariaDB again", e);
        }
    }

    private MariaDbDatabase database(String name) {
        return new MariaDbDatabase("localhost", port(), name, MariaDbProcess.USER, MariaDbProcess.USER);
    }

    /** Ends the server at once and removes its data. */
    @Override
    public void close() {
        try {
            process.remove();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove MariaDB's data", e);
        }
    }
}
