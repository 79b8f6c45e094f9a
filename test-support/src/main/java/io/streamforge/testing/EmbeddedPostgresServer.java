package io.streamforge.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that is durable as in production ({@code fsync} and {@code synchronous_commit} are on) and can be followed
 * by logical replication. It accepts every password of its superuser {@code postgres}.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Path BUILD_DIRECTORY = Path.of("target");

    private static @Nullable EmbeddedPostgresServer shared;

    private final EmbeddedPostgres server;
    private final Path directory;
    private final AtomicInteger databases = new AtomicInteger();
    private boolean closed;

    private EmbeddedPostgresServer(EmbeddedPostgres server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** The server of this JVM, started on first use and stopped when the JVM ends; never close it. */
    public static synchronized EmbeddedPostgresServer shared() {
        EmbeddedPostgresServer server = shared;
        if (server == null) {
            server = start();
            shared = server;
        }
        return server;
    }

    /** A server of one's own, for tests that stop it; it ends with {@link #close} or with the JVM. */
    public static EmbeddedPostgresServer start() {
        return start("localhost");
    }

    /** A server of one's own that whoever reaches this address may use, such as the pods of a cluster on this machine. */
    public static EmbeddedPostgresServer reachableAt(String address) {
        EmbeddedPostgresServer server = start("localhost," + address);
        try {
            Files.writeString(
                    server.directory.resolve("pg_hba.conf"),
                    "\nhost all all 0.0.0.0/0 trust\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let others use PostgreSQL", e);
        }
        server.database("postgres").execute("SELECT pg_reload_conf()");
        return server;
    }

    private static EmbeddedPostgresServer start(String addresses) {
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(BUILD_DIRECTORY.resolve("postgres")).toAbsolutePath(), "data-");
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            BUILD_DIRECTORY.resolve("postgres").toAbsolutePath().toFile())
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(true)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_LIMIT)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("listen_addresses", addresses)
                    .setErrorRedirector(Redirect.DISCARD)
                    .setOutputRedirector(Redirect.DISCARD)
                    .start();
            EmbeddedPostgresServer started = new EmbeddedPostgresServer(server, directory);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop PostgreSQL"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** An empty database that no other test uses. */
    public PostgresDatabase newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        database("postgres").execute("CREATE DATABASE " + name);
        return database(name);
    }

    /** Ends all connections at once and has the server recover from its log, as after a crash; it answers again within moments. */
    public void crash() {
        long backend =
                database("postgres").number("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
        try {
            new ProcessBuilder("kill", "-KILL", String.valueOf(backend)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot kill PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PostgresDatabase database(String name) {
        return new PostgresDatabase("localhost", port(), name, "postgres", "postgres");
    }

    /** Ends the server at once, without a checkpoint: the data goes too, and a hundred databases would be synced for nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            quit();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGQUIT to the process whose id is the first line of the pid file. */
    private void quit() throws IOException, InterruptedException {
        String pid =
                Files.readAllLines(directory.resolve("postmaster.pid")).get(0).strip();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(process -> process.onExit()
                .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join());
    }
}
