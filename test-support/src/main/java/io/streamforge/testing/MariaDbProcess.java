package io.streamforge.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One data directory and the server process that runs on it. */
final class MariaDbProcess {

    static final String USER = "streamforge";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private static final String USERS = """

            FLUSH PRIVILEGES;
            CREATE USER 'streamforge'@'localhost' IDENTIFIED BY 'streamforge';
            CREATE USER 'streamforge'@'%' IDENTIFIED BY 'streamforge';
            GRANT ALL ON *.* TO 'streamforge'@'localhost' WITH GRANT OPTION;
            GRANT ALL ON *.* TO 'streamforge'@'%' WITH GRANT OPTION;
            """;

    private final MariaDbInstallation installation;
    private final Path directory;
    private final List<String> arguments;
    private final int port;
    private @Nullable Process process;

    MariaDbProcess(MariaDbInstallation installation, Path directory, String... arguments) throws IOException {
        this.installation = installation;
        this.directory = directory;
        this.arguments = List.of(arguments);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Path client() {
        return installation.program("mariadb");
    }

    /** Makes the system tables and the user. */
    void create() throws IOException {
        Process bootstrap = program("--bootstrap", "--enforce-storage-engine=", "--innodb-flush-log-at-trx-commit=0")
                .redirectOutput(log())
                .start();
        try (OutputStream statements = bootstrap.getOutputStream()) {
            statements.write("create database mysql;\nuse mysql;\nSET @auth_root_socket=NULL;\n"
                    .getBytes(StandardCharsets.UTF_8));
            installation.writeSystemTables(statements);
            statements.write(USERS.getBytes(StandardCharsets.UTF_8));
        }
        int result = bootstrap.onExit().join().exitValue();
        if (result != 0) {
            throw new IOException("MariaDB's bootstrap ended with " + result + ": " + Files.readString(logFile()));
        }
    }

    synchronized void start() throws IOException {
        List<String> server = new ArrayList<>(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=server.sock",
                "--pid-file=server.pid",
                "--skip-ssl",
                "--skip-name-resolve",
                "--max-connections=200",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--gtid-strict-mode=ON",
                "--sync-binlog=1"));
        server.addAll(arguments);
        Process started = program(server.toArray(String[]::new))
                .redirectOutput(Redirect.appendTo(logFile().toFile()))
                .start();
        process = started;
        Awaitility.await("MariaDB accepts connections")
                .atMost(START_LIMIT)
                .pollInterval(POLL)
                .failFast("MariaDB ended, see " + logFile(), () -> !started.isAlive())
                .until(this::accepts);
    }

    synchronized void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    void remove() throws IOException {
        kill();
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private ProcessBuilder program(String... more) {
        List<String> command = new ArrayList<>(List.of(
                installation.program("mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + installation.home(),
                "--datadir=" + directory,
                "--innodb-log-file-size=64M",
                "--innodb-buffer-pool-size=256M"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Redirect log() {
        return Redirect.appendTo(logFile().toFile());
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }
}
