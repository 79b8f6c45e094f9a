package io.streamforge.benchmarks;

import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Another program that copies a table, as its own user runs it.
 *
 * @param table of the target, which it fills
 * @param before statements that the target executes each time before it is run
 */
record Peer(String name, List<String> command, Map<String, String> environment, String table, List<String> before) {

    /** Packages that SeaTunnel's engine reaches into on Java 17. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.management/sun.management",
            "jdk.management/com.sun.management.internal");

    /**
     * dlt with what reads (connectorx) and writes (CSV by {@code COPY}) fastest for it, in an environment of Python that is made when
     * it is not there.
     *
     * @param home where the environment and its state are kept
     */
    static Peer dlt(Path home, PostgresDatabase source, PostgresDatabase target)
            throws IOException, InterruptedException {
        Path python = home.resolve("bin/python");
        Path pipeline = home.resolve("pipeline.py");
        if (!Files.exists(pipeline)) {
            run(List.of("python3", "-m", "venv", home.toString()));
            Path requirements = Files.writeString(home.resolve("requirements.txt"), resource("dlt_requirements.txt"));
            run(List.of(
                    python.toString(), "-m", "pip", "install", "--quiet", "--requirement", requirements.toString()));
            Files.writeString(pipeline, resource("dlt_pipeline.py"));
        }
        List<String> command = List.of(
                python.toString(),
                pipeline.toString(),
                address(source),
                address(target),
                home.resolve("state").toString());
        return new Peer(
                "dlt", command, Map.of("RUNTIME__DLTHUB_TELEMETRY", "false"), "dlt_peer.rows", List.of("CHECKPOINT"));
    }

    /**
     * SeaTunnel in local mode, two readers and writers.
     *
     * @param home laid out as SeaTunnel's own, by {@code mvn -Ppeers package}
     */
    static Peer seaTunnel(Path home, PostgresDatabase source, SourceTable table, PostgresDatabase target)
            throws IOException {
        Files.writeString(
                home.resolve("connectors/plugin-mapping.properties"),
                "seatunnel.source.Jdbc = connector-jdbc\nseatunnel.sink.Jdbc = connector-jdbc\n");
        Path job = Files.writeString(
                home.resolve("job.conf"),
                resource("seatunnel.conf")
                        .formatted(
                                source.url(),
                                source.username(),
                                source.password(),
                                target.url(),
                                target.username(),
                                target.password()));
        target.execute("DROP TABLE IF EXISTS seatunnel", "CREATE TABLE seatunnel " + table.targetColumns("NOT NULL"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        OPENED.forEach(opened -> command.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED")));
        command.addAll(List.of(
                "-DSEATUNNEL_HOME=" + home,
                "-cp",
                home + "/starter/*:" + home + "/lib/*",
                "org.apache.seatunnel.core.starter.seatunnel.SeaTunnelClient",
                "-e",
                "local",
                "--config",
                job.toString()));
        return new Peer(
                "SeaTunnel",
                command,
                Map.of("SEATUNNEL_HOME", home.toString()),
                "seatunnel",
                List.of("TRUNCATE seatunnel", "CHECKPOINT"));
    }

    /** Seconds of the whole command, after which its table has to hold so many rows. */
    double seconds(PostgresDatabase target, int rows) throws IOException, InterruptedException {
        target.execute(before.toArray(String[]::new));
        Path output = Files.createTempFile(name, ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            long begin = System.nanoTime();
            int code = builder.start().waitFor();
            double seconds = (System.nanoTime() - begin) / 1e9;
            long written = code == 0 ? target.number("SELECT count(*) FROM " + table) : 0;
            if (written != rows) {
                throw new IllegalStateException(
                        name + " failed, " + written + " rows written:\n" + Files.readString(output));
            }
            return seconds;
        } finally {
            Files.delete(output);
        }
    }

    private static String address(PostgresDatabase database) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(database.username(), database.password(), database.host(), database.port(), database.name());
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = Objects.requireNonNull(Peer.class.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
