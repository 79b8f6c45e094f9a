package io.streamforge.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
final class MySqlProcess {

    static final String USER = "streamforge";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ServerInstallation installation;
    private final Path directory;
    private final List<String> arguments;
    private final int port;
    private @Nullable Process process;

    MySqlProcess(ServerInstallation installation, Path directory, String... arguments) throws IOException {
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

    ServerInstallation installation() {
        return installation;
    }

    /** Fills the data directory. */
    void create() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Process creating =
                program(installation.creating()).redirectOutput(log()).start();
        try (OutputStream statements = creating.getOutputStream()) {
            installation.writeStatements(statements);
        }
        int result = creating.onExit().join().exitValue();
        if (result != 0) {
            throw new IOException(installation.server() + " has not created its data and ended with " + result + ": "
                    + Files.readString(logFile()));
        }
    }

    synchronized void start() throws IOException {
        List<String> server = new ArrayList<>(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=server.sock",
                "--pid-file=server.pid",
                "--skip-name-resolve",
                "--max-connections=200",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--sync-binlog=1"));
        server.addAll(installation.serving());
        server.addAll(arguments);
        Process started = program(server).redirectOutput(log()).start();
        process = started;
        Awaitility.await("the server accepts connections")
                .atMost(START_LIMIT)
                .pollInterval(POLL)
                .failFast("the server ended, see " + logFile(), () -> !started.isAlive())
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

    private ProcessBuilder program(List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                installation.server().toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + installation.home(),
                "--datadir=" + directory.resolve("data"),
                "--innodb-log-file-size=64M",
                "--innodb-buffer-pool-size=256M"));
        command.addAll(more);
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
