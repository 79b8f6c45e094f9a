package io.streamforge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server that is durable as in production and can be followed: its binary log has full row images and GTIDs. The
 * user {@code streamforge} (password {@code streamforge}) connects over TCP and may do everything. Where the system property
 * {@code mysql.server} is set it is one of MySQL 8.0.
 */
public final class EmbeddedMySqlServer implements AutoCloseable {

    private static final Path BUILD_DIRECTORY = Path.of("target");
    private static final boolean MARIADB = System.getProperty("mysql.server") == null;

    private static @Nullable EmbeddedMySqlServer shared;

    private final MySqlProcess process;
    private final AtomicInteger databases = new AtomicInteger();

    private EmbeddedMySqlServer(MySqlProcess process) {
        this.process = process;
    }

    /** The server of this JVM, started on first use and stopped when the JVM ends; never close it. */
    public static synchronized EmbeddedMySqlServer shared() {
        EmbeddedMySqlServer server = shared;
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
    public static EmbeddedMySqlServer start(String... arguments) {
        try {
            Path directory = Files.createDirectories(
                    BUILD_DIRECTORY.resolve(MARIADB ? "mariadb" : "mysql").toAbsolutePath());
            ServerInstallation installation =
                    MARIADB ? MariaDbInstallation.in(directory) : MySqlInstallation.in(directory);
            MySqlProcess process =
                    new MySqlProcess(installation, Files.createTempDirectory(directory, "data-"), arguments);
            EmbeddedMySqlServer server = new EmbeddedMySqlServer(process);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop the database server"));
            process.create();
            process.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the database server", e);
        }
    }

    public int port() {
        return process.port();
    }

    /** Whether it is MariaDB; otherwise it is MySQL. */
    public static boolean mariaDb() {
        return MARIADB;
    }

    /** The command line program of the same release, {@code mariadb} or {@code mysql}. */
    public Path client() {
        return process.installation().client();
    }

    /** An empty database that no other test uses. */
    public MySqlDatabase newDatabase() {
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
            throw new UncheckedIOException("cannot start the database server again", e);
        }
    }

    private MySqlDatabase database(String name) {
        return new MySqlDatabase(
                "localhost",
                port(),
                name,
                MySqlProcess.USER,
                MySqlProcess.USER,
                process.installation().urlParameters());
    }

    /** Ends the server at once and removes its data. */
    @Override
    public void close() {
        try {
            process.remove();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the database server's data", e);
        }
    }
}
