package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.Format;
import io.streamforge.messages.Task.From;
import io.streamforge.messages.Task.Input;
import io.streamforge.messages.Task.MaxLag;
import io.streamforge.messages.Task.Output;
import io.streamforge.messages.Task.SchemaRef;
import io.streamforge.messages.Task.Split;
import io.streamforge.messages.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs, vertices and events for tests. */
public final class Runs {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    public static final String QUEUE_ID = "wf-orders-20260301-a1b2c3";
    public static final RestartPolicy RESTART =
            new RestartPolicy.ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 2, 4);

    private static final SchemaRef SCHEMA = new SchemaRef(1, JsonNodeFactory.instance.objectNode());
    private static final Task.Errors ERRORS = new Task.Errors(Task.Rejected.DEAD_LETTER, 1);

    private Runs() {}

    public static Run pending() {
        return Run.pending(QUEUE_ID, origin("orders"));
    }

    public static Origin origin(String workflow) {
        return new Origin(
                workflow,
                1,
                Map.of("name", workflow),
                Subject.NONE,
                From.LAST,
                0,
                new Terms(2, true, RESTART, Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofDays(7), 0),
                "admin",
                NOW);
    }

    public static Observation.Prepared prepared(String queueId) {
        return new Observation.Prepared(
                List.of(
                        Vertex.waiting("source", "loader-producer", source(queueId)),
                        Vertex.waiting("sink", "sink-connector", sink(queueId, queueId + "-data"))),
                List.of(new Edge("data", List.of("source"), List.of("sink"), queueId + "-data", 1, null, 1, null)));
    }

    /** A run with a stage between source and sink. */
    public static Observation.Prepared withStage(String queueId) {
        String made = queueId + "-stage-data";
        return new Observation.Prepared(
                List.of(
                        Vertex.waiting("source", "loader-producer", source(queueId)),
                        Vertex.waiting("stage", "stage-worker", stage(queueId, made)),
                        Vertex.waiting("sink", "sink-connector", sink(queueId, made))),
                List.of(
                        new Edge("source", List.of("source"), List.of("stage"), queueId + "-data", 1, null, 1, null),
                        new Edge("stage", List.of("stage"), List.of("sink"), made, 1, null, 1, null)));
    }

    private static Task stage(String queueId, String output) {
        return new Task(
                "orders",
                Task.Role.STAGE,
                "sum",
                Task.stageOptions(Map.of()),
                null,
                List.of(),
                List.of(),
                new Output(output, 1, null, SCHEMA, Format.AVRO, List.of(queueId + "-sink"), new MaxLag(1000, 1000)),
                new Input(queueId + "-data", List.of(0), 1, null, SCHEMA, Format.AVRO, queueId + "-stage"),
                "orders-positions",
                queueId + "-dead",
                From.LAST,
                ERRORS,
                null);
    }

    private static Task source(String queueId) {
        return new Task(
                "orders",
                Task.Role.SOURCE,
                "file",
                Map.of("path", "orders.csv"),
                SCHEMA,
                List.of(),
                List.of(new Split("all", Map.of())),
                new Output(
                        queueId + "-data",
                        1,
                        null,
                        SCHEMA,
                        Format.AVRO,
                        List.of(queueId + "-sink"),
                        new MaxLag(1000, 1000)),
                null,
                "orders-positions",
                queueId + "-dead",
                From.LAST,
                ERRORS,
                null);
    }

    private static Task sink(String queueId, String topic) {
        return new Task(
                "orders",
                Task.Role.SINK,
                "sqlite",
                Map.of("path", "orders.db"),
                null,
                List.of(),
                List.of(),
                null,
                new Input(topic, List.of(0), 1, null, SCHEMA, Format.AVRO, queueId + "-sink"),
                "orders-positions",
                queueId + "-dead",
                From.LAST,
                ERRORS,
                null);
    }

    public static Event event(String vertex, int attempt, long seq, WorkerStatus status, long rows) {
        return event(QUEUE_ID, vertex, attempt, seq, status, rows, null);
    }

    public static Event event(
            String queueId,
            String vertex,
            int attempt,
            long seq,
            WorkerStatus status,
            long rows,
            @Nullable ErrorInfo error) {
        return event(queueId, vertex, attempt, seq, status, rows, 0, error);
    }

    public static Event event(
            String queueId,
            String vertex,
            int attempt,
            long seq,
            WorkerStatus status,
            long rows,
            long lag,
            @Nullable ErrorInfo error) {
        return new Event(
                queueId,
                vertex,
                vertex + "__a1b2c3",
                attempt,
                seq,
                Subject.NONE,
                status,
                status + " " + rows,
                rows,
                rows,
                0,
                0,
                vertex.equals("stage") ? rows : 0,
                rows * 100,
                vertex.equals("source") ? -1 : lag,
                Map.of(),
                Map.of(),
                status.last(),
                error,
                null,
                NOW,
                NOW,
                NOW,
                null);
    }
}
