package io.streamforge.benchmarks;

import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A table → Kafka → the table {@code chain} of PostgreSQL by {@code streamforge run}, as a user runs it. */
final class DatabaseChain implements AutoCloseable {

    /** Further options of the source, such as {@code splits: 2}. */
    static final String MORE = System.getProperty("source.options", "");

    private static final String WORKFLOW = """
            name: database-to-postgres-benchmark
            source:
              connector: %s
              options: {url: "%s", username: %s, password: "${secret:source}", table: rows%s}
            sinks:
              - connector: postgresql
                options: {url: "%s", username: %s, password: "${secret:target}", table: chain, mode: %s, create_table: false}
            """;

    private final Path command;
    private final SourceTable source;
    private final PostgresDatabase target;
    private final String mode;
    private final List<String> options;
    private final Path workflow;

    /**
     * @param mode of the sink, {@code insert} or {@code upsert}
     * @param options for {@code run}
     */
    DatabaseChain(Path command, SourceTable source, PostgresDatabase target, String mode, List<String> options)
            throws IOException {
        this.command = command;
        this.source = source;
        this.target = target;
        this.mode = mode;
        this.options = options;
        workflow = Files.createTempFile("streamforge-benchmark", ".yaml");
        Files.writeString(
                workflow,
                WORKFLOW.formatted(
                        source.connector(),
                        source.database().url(),
                        source.database().username(),
                        MORE.isEmpty() ? "" : ", " + MORE,
                        target.url(),
                        target.username(),
                        mode));
    }

    /** Fills the target, made anew. */
    MeasuredRun run(int rows) throws IOException, InterruptedException {
        String key = mode.equals("insert") ? "NOT NULL" : "PRIMARY KEY";
        target.execute("DROP TABLE IF EXISTS chain", "CREATE TABLE chain " + source.targetColumns(key), "CHECKPOINT");
        Map<String, String> secrets = Map.of("source", source.database().password(), "target", target.password());
        return MeasuredRun.of(command, workflow, options, secrets, target, rows);
    }

    @Override
    public void close() throws IOException {
        Files.delete(workflow);
    }
}
