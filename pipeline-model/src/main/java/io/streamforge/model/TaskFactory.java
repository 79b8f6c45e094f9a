package io.streamforge.model;

import io.streamforge.messages.Command;
import io.streamforge.messages.Ids;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.SchemaRef;
import io.streamforge.messages.Topics;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a run's tasks and topics of a job graph; for one thread. */
public final class TaskFactory {

    /** How long a changed row may wait for others to commit with, so that it is soon at the target. */
    private static final Duration STREAMING_COMMIT = Duration.ofMillis(25);

    private final WorkflowSpec spec;
    private final JobGraph graph;
    private final String queueId;
    private final Registry registry;
    private @Nullable List<RunTopic> topics;

    /** Gives schemas their ids. */
    @FunctionalInterface
    public interface Registry {

        /**
         * The id of a schema, the same for the same schema.
         *
         * @param subject {@code <workflow>-<edge>-value}, {@code <workflow>-<edge>-key} or {@code <workflow>-<vertex>-input}
         */
        int id(String subject, RowSchema schema);
    }

    /**
     * A worker of a run.
     *
     * @param vertex name of the part, which commands and events carry as their vertex
     * @param worker module that hosts it
     * @param number of this task among those of the same worker in the run; tells telemetry ids apart
     */
    public record RunTask(String vertex, String worker, int number, Task task) {

        /** The command that starts it. */
        public Command.Start start(
                String queueId, WorkflowSpec spec, int attempt, @Nullable String image, Instant timestamp) {
            return new Command.Start(
                    Command.id(queueId, vertex, attempt, "start"),
                    queueId,
                    worker,
                    spec.subject(),
                    topic(),
                    Ids.telemetryId(worker, queueId, number),
                    vertex,
                    image,
                    attempt,
                    task,
                    timestamp);
        }

        private String topic() {
            Task.Output output = task.output();
            Task.Input input = task.input();
            if (output != null) {
                return output.topic();
            }
            return java.util.Objects.requireNonNull(input, "a task reads or writes a topic")
                    .topic();
        }
    }

    /**
     * A topic of a run, with its edge's name in the graph.
     *
     * @param from the tasks that write to it
     * @param to the tasks that read it
     */
    public record RunTopic(
            String edge,
            String name,
            int partitions,
            List<String> from,
            List<String> to,
            @Nullable SchemaRef key,
            SchemaRef value) {}

    public TaskFactory(WorkflowSpec spec, JobGraph graph, String queueId, Registry registry) {
        this.spec = spec;
        this.graph = graph;
        this.queueId = queueId;
        this.registry = registry;
    }

    /** One per edge; the same at each call. */
    public List<RunTopic> topics() {
        if (topics == null) {
            topics = graph.edges().stream().map(this::topic).toList();
        }
        return topics;
    }

    /** One per worker, in the order of the data. */
    public List<RunTask> tasks() {
        Map<String, Integer> numbers = new HashMap<>();
        List<RunTask> tasks = new ArrayList<>();
        for (JobGraph.Vertex vertex : graph.vertices()) {
            for (JobGraph.Part part : vertex.parts()) {
                int number = numbers.merge(vertex.worker(), 1, Integer::sum) - 1;
                tasks.add(new RunTask(part.name(), vertex.worker(), number, task(vertex, part)));
            }
        }
        return tasks;
    }

    private Task task(JobGraph.Vertex vertex, JobGraph.Part part) {
        RowSchema schema = vertex.schema();
        return new Task(
                spec.name(),
                vertex.role(),
                vertex.connector(),
                vertex.options(),
                schema == null ? null : ref(spec.name() + "-" + vertex.name() + "-input", schema),
                vertex.operators(),
                part.splits(),
                output(vertex).orElse(null),
                input(vertex, part).orElse(null),
                Topics.positions(spec.name()),
                Topics.dead(queueId),
                graph.from(),
                new Task.Errors(spec.errors().rejected(), spec.errors().maxRatio()),
                spec.mode() == WorkflowSpec.Mode.STREAMING ? STREAMING_COMMIT : null);
    }

    private Optional<Task.Output> output(JobGraph.Vertex vertex) {
        return graph.edges().stream()
                .filter(edge -> edge.from().equals(vertex.name()))
                .findFirst()
                .map(edge -> new Task.Output(
                        of(edge).name(),
                        edge.partitions(),
                        of(edge).key(),
                        of(edge).value(),
                        spec.format(),
                        edge.to().stream().map(to -> Topics.group(queueId, to)).toList(),
                        spec.maxLag(),
                        tables(edge),
                        graph.evolving(),
                        graph.joining()));
    }

    private Optional<Task.Input> input(JobGraph.Vertex vertex, JobGraph.Part part) {
        return graph.edges().stream()
                .filter(edge -> edge.to().contains(vertex.name()))
                .findFirst()
                .map(edge -> new Task.Input(
                        of(edge).name(),
                        part.partitions(),
                        edge.partitions(),
                        of(edge).key(),
                        of(edge).value(),
                        spec.format(),
                        Topics.group(queueId, vertex.name()),
                        tables(edge),
                        part.shared(),
                        graph.evolving(),
                        graph.joining()));
    }

    /** Empty when the edge carries rows of one, and always will. */
    private List<Task.Table> tables(JobGraph.Edge edge) {
        return alone(edge)
                ? List.of()
                : edge.schemas().stream().map(schema -> table(edge, schema)).toList();
    }

    private Task.Table table(JobGraph.Edge edge, RowSchema schema) {
        String subject = subject(edge, schema);
        return new Task.Table(
                schema.name(),
                schema.keyed() ? ref(subject + "-key", schema.keySchema()) : null,
                ref(subject + "-value", schema));
    }

    private String subject(JobGraph.Edge edge, RowSchema schema) {
        String subject = spec.name() + "-" + edge.name();
        return alone(edge) ? subject : subject + "-" + schema.name();
    }

    private boolean alone(JobGraph.Edge edge) {
        return edge.schemas().size() == 1 && !graph.joining();
    }

    private RunTopic topic(JobGraph.Edge edge) {
        String name = graph.edges().size() == 1 ? Topics.data(queueId) : Topics.data(queueId, edge.name());
        RowSchema schema = edge.schema();
        String subject = subject(edge, schema);
        return new RunTopic(
                edge.name(),
                name,
                edge.partitions(),
                parts(List.of(edge.from())),
                parts(edge.to()),
                schema.keyed() ? ref(subject + "-key", schema.keySchema()) : null,
                ref(subject + "-value", schema));
    }

    private List<String> parts(List<String> vertices) {
        return vertices.stream()
                .flatMap(name -> graph.vertex(name).parts().stream())
                .map(JobGraph.Part::name)
                .toList();
    }

    private SchemaRef ref(String subject, RowSchema schema) {
        return new SchemaRef(registry.id(subject, schema), AvroSchemas.toAvro(schema));
    }

    private RunTopic of(JobGraph.Edge edge) {
        return topics().stream()
                .filter(topic -> topic.edge().equals(edge.name()))
                .findFirst()
                .orElseThrow();
    }
}
