package io.streamforge.sink.connector;

import io.streamforge.messages.Command;
import io.streamforge.messages.Ids;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.worker.CommandReference;
import io.streamforge.worker.WorkerEnvironment;
import io.streamforge.worker.WorkerMain;
import io.streamforge.worker.testing.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One run from a CSV file to a PostgreSQL table, by worker processes. */
final class FileToPostgres {

    static final RowSchema SCHEMA = new RowSchema(
            "rows",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.nullable("quantity", DataType.INT32),
                    Column.nullable("name", DataType.STRING),
                    Column.nullable("city", DataType.STRING),
                    Column.nullable("note", DataType.STRING),
                    Column.nullable("total", DataType.decimal(12, 2)),
                    Column.nullable("day", DataType.DATE),
                    Column.nullable("at", DataType.timestamp(6)),
                    Column.nullable("paid", DataType.BOOLEAN)),
            List.of());

    static final String TABLE = "(id bigint NOT NULL, quantity int, name text, city text, note text, "
            + "total numeric(12,2), day date, at timestamp(6), paid boolean)";

    private static final int SCHEMA_ID = 3;

    private final Installation installation;
    private final PostgresDatabase database;
    private final Path file;
    private final String workflow;
    final String queueId;

    FileToPostgres(Installation installation, PostgresDatabase database, Path file, String workflow) {
        this.installation = installation;
        this.database = database;
        this.file = file;
        this.workflow = workflow;
        queueId = Ids.queueId(workflow, LocalDate.of(2024, 8, 1), new Random());
    }

    void create() {
        installation.createTopic(Topics.data(queueId), 1, Map.of("retention.ms", "-1"));
        installation.createTopic(Topics.positions(workflow), 1, Map.of("cleanup.policy", "compact"));
    }

    Process startSource(int attempt) throws IOException {
        return process(say("source", attempt, source()), "-XX:TieredStopAtLevel=1");
    }

    Process startSink(int attempt) throws IOException {
        return process(say("sink", attempt, sink()), null);
    }

    void drain(int attempt) {
        installation.say(new Command.Drain(
                Command.id(queueId, "sink", attempt, "drain"),
                queueId,
                "sink",
                attempt,
                installation.endOffsets(Topics.data(queueId), 1),
                Instant.now()));
    }

    private Process process(CommandReference reference, @Nullable String option) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC"));
        if (option != null) {
            command.add(option);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        new File(file.getParent().toFile(), "worker.log")));
        builder.environment().put(WorkerEnvironment.BROKER, installation.bootstrapServers());
        builder.environment().put(WorkerEnvironment.COMMAND, reference.toString());
        builder.environment().put("STREAMFORGE_SECRET_POSTGRES", database.password());
        return builder.start();
    }

    private CommandReference say(String vertex, int attempt, Task task) {
        String worker = vertex.equals("source") ? "loader-producer" : "sink-connector";
        return installation.say(new Command.Start(
                Command.id(queueId, vertex, attempt, "start"),
                queueId,
                worker,
                Subject.NONE,
                Topics.data(queueId),
                Ids.telemetryId(worker, queueId, 0),
                vertex,
                null,
                attempt,
                task,
                Instant.now()));
    }

    private Task source() {
        Map<String, Object> columns = new LinkedHashMap<>();
        SCHEMA.columns()
                .forEach(column -> columns.put(column.name(), column.type() + (column.nullable() ? "" : " NOT NULL")));
        Task.Output output = new Task.Output(
                Topics.data(queueId),
                1,
                null,
                schema(),
                Task.Format.AVRO,
                List.of(Topics.group(queueId, "sink")),
                new Task.MaxLag(10_000_000, 4L << 30));
        return task(
                Task.Role.SOURCE,
                "file",
                Map.of("path", file.toString(), "format", "csv", "header", false, "columns", columns),
                schema(),
                List.of(new Task.Split("rows", Map.of("path", file.toString()))),
                output,
                null);
    }

    private Task sink() {
        Task.Input input = new Task.Input(
                Topics.data(queueId), List.of(0), 1, null, schema(), Task.Format.AVRO, Topics.group(queueId, "sink"));
        Map<String, Object> options = Map.of(
                "url",
                database.url(),
                "username",
                database.username(),
                "password",
                "${secret:postgres}",
                "table",
                "chain",
                "mode",
                "insert",
                "create_table",
                false);
        return task(Task.Role.SINK, "postgresql", options, null, List.of(), null, input);
    }

    private Task task(
            Task.Role role,
            String connector,
            Map<String, Object> options,
            Task.@Nullable SchemaRef schema,
            List<Task.Split> splits,
            Task.@Nullable Output output,
            Task.@Nullable Input input) {
        return new Task(
                workflow,
                role,
                connector,
                options,
                schema,
                List.of(),
                splits,
                output,
                input,
                Topics.positions(workflow),
                Topics.dead(queueId),
                Task.From.FRESH,
                new Task.Errors(Task.Rejected.DEAD_LETTER, 0),
                null);
    }

    private static Task.SchemaRef schema() {
        return new Task.SchemaRef(SCHEMA_ID, AvroSchemas.toAvro(SCHEMA));
    }
}
