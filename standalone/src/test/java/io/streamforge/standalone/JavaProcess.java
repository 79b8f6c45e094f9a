package io.streamforge.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A main class of ours as a process of its own, whose output is kept line by line; killed at the latest by {@link #close}. */
final class JavaProcess implements AutoCloseable {

    /** The launcher script. */
    static final Path COMMAND = Path.of("..", "streamforge").toAbsolutePath().normalize();
    /** Keeps the launcher from a build of its own beside the one whose test this is. */
    static final Map<String, String> AS_PACKAGED =
            Map.of("STREAMFORGE_BUILD", "never", "JAVA_HOME", System.getProperty("java.home"));

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> reading;

    private JavaProcess(Process process) {
        this.process = process;
        reading = CompletableFuture.runAsync(this::read, task -> new Thread(task, "output").start());
    }

    static JavaProcess start(Class<?> main, Map<String, String> environment, Path directory, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(arguments);
        return start(command, environment, directory);
    }

    /** The streamforge command as a user starts it, with what Maven has just packaged. */
    static JavaProcess streamforge(Map<String, String> environment, Path directory, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(AS_PACKAGED);
        all.putAll(environment);
        return start(command, all, directory);
    }

    private static JavaProcess start(List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new JavaProcess(builder.start());
    }

    /** Waits for a line and returns it. */
    String awaitLine(Predicate<String> wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> find(wanted).isPresent() || !process.isAlive() && reading.isDone());
        return find(wanted)
                .orElseThrow(() -> new AssertionError("process ended without the line; it printed:\n" + output()));
    }

    /** Waits for the end and returns the exit code. */
    int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("process is still running; it printed:\n" + output());
        }
        reading.join();
        return process.exitValue();
    }

    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    void terminate() {
        process.destroy();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private Optional<String> find(Predicate<String> wanted) {
        return lines.stream().filter(wanted).findFirst();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(output cut: " + e.getMessage() + ")");
        }
    }
}
