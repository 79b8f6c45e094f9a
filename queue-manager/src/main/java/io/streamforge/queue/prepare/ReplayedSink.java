package io.streamforge.queue.prepare;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.queue.kafka.DataRecord;
import io.streamforge.queue.run.Edge;
import io.streamforge.queue.run.Report;
import io.streamforge.queue.run.Restarts;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Signals;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.run.VertexState;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Framing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sink of an ended run, as it writes again the rows it has rejected: one task that reads a topic of one partition. */
final class ReplayedSink {

    /** What happens once in a run belongs to the run that has rejected the rows. */
    private static final Set<String> ONCE_IN_A_RUN = Set.of("pre_sql", "post_sql");

    private final String queueId;
    private final Run old;
    private final List<Vertex> tasks;
    private final Map<Integer, String> schemas;
    private final Task task;
    private final Task.Input input;
    private final String source;
    private final String topic;

    /**
     * @param queueId of the new run
     * @param tasks of the sink in the old run
     * @param number of this sink among those of the new run
     * @param schemas all that are registered, by id
     */
    ReplayedSink(String queueId, Run old, List<Vertex> tasks, int number, Map<Integer, String> schemas) {
        this.queueId = queueId;
        this.old = old;
        this.tasks = List.copyOf(tasks);
        this.schemas = Map.copyOf(schemas);
        task = tasks.get(0).task();
        input = Objects.requireNonNull(task.input());
        source = "replay-" + number;
        topic = Topics.data(queueId, source);
    }

    String topic() {
        return topic;
    }

    boolean mine(DeadLetter letter) {
        return letter.row() && tasks.stream().anyMatch(vertex -> vertex.name().equals(letter.vertex()));
    }

    DataRecord record(DeadLetter letter) {
        return new DataRecord(letter.key(), letter.value(), table(letter));
    }

    /** Stands for a source that has read the rows already. */
    Vertex source(List<DeadLetter> rows, Instant now) {
        Vertex reader =
                old.vertices().stream().filter(Vertex::source).findFirst().orElseThrow();
        long bytes = rows.stream()
                .map(DeadLetter::value)
                .filter(Objects::nonNull)
                .mapToLong(value -> value.length)
                .sum();
        Report report = new Report(
                "queue-manager",
                1,
                1,
                WorkerStatus.COMPLETED,
                rows.size() + " rejected rows of " + old.queueId(),
                new Report.Counters(rows.size(), rows.size(), 0, 0, bytes),
                0,
                Map.of(),
                Map.of(),
                now,
                now,
                now,
                now,
                now,
                1);
        return new Vertex(
                source,
                reader.worker(),
                with(reader.task(), Map.of(), null),
                1,
                new VertexState.Completed(now),
                Signals.NONE,
                Restarts.NONE,
                report);
    }

    Vertex sink() {
        Map<String, Object> options = new HashMap<>(task.options());
        options.keySet().removeAll(ONCE_IN_A_RUN);
        Task.Input again = new Task.Input(
                topic,
                List.of(0),
                1,
                input.key(),
                input.value(),
                Task.Format.AVRO,
                Topics.group(queueId, tasks.get(0).name()),
                input.tables(),
                false,
                input.evolving(),
                input.joining());
        return Vertex.waiting(tasks.get(0).name(), tasks.get(0).worker(), with(task, options, again));
    }

    Edge edge(Map<Integer, Long> endOffsets) {
        Task.SchemaRef key = input.key();
        return new Edge(
                source,
                List.of(source),
                List.of(tasks.get(0).name()),
                topic,
                1,
                key == null ? null : key.id(),
                input.value().id(),
                endOffsets);
    }

    /** Rows of several tables are told apart by their schemas, which name the table also where its rows have got others since. */
    private @Nullable String table(DeadLetter letter) {
        byte[] value = letter.value();
        byte[] key = letter.key();
        return input.tables().stream()
                .filter(table -> value != null
                        ? rowsOf(table, Framing.schemaId(value))
                        : key != null && table.key() != null && table.key().id() == Framing.schemaId(key))
                .findFirst()
                .map(Task.Table::name)
                .orElse(null);
    }

    private boolean rowsOf(Task.Table table, int schemaId) {
        String schema = schemas.get(schemaId);
        return table.value().id() == schemaId
                || (schema != null && AvroSchemas.fromJson(schema).name().equals(table.name()));
    }

    private Task with(Task of, Map<String, Object> options, Task.@Nullable Input newInput) {
        return new Task(
                of.workflow(),
                of.role(),
                of.connector(),
                options,
                of.schema(),
                of.operators(),
                List.of(),
                null,
                newInput,
                of.positionsTopic(),
                Topics.dead(queueId),
                of.from(),
                of.errors(),
                of.checkpointInterval());
    }
}
