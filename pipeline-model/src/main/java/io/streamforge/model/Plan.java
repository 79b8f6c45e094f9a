package io.streamforge.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dry run's answer: what a run would consist of.
 *
 * @param from where a run begins unless it is told otherwise
 * @param edges each is a topic
 * @param estimatedRows null when the source has no idea
 * @param warnings what does not keep the workflow from running
 */
public record Plan(
        String workflow,
        String mode,
        String from,
        List<Vertex> vertices,
        List<Edge> edges,
        @Nullable Long estimatedRows,
        List<Diagnostic> warnings) {

    /**
     * @param workers how many of them there are
     * @param connector of a source or sink its connector, of a stage its kind
     * @param operators names of the operators chained into it
     * @param splits ids, per worker of a source
     * @param partitions of the input, per worker of a stage or sink
     * @param schema of a source's rows before operators; otherwise null
     */
    public record Vertex(
            String name,
            String role,
            String connector,
            String worker,
            int workers,
            List<String> operators,
            List<List<String>> splits,
            List<List<Integer>> partitions,
            @Nullable RowSchema schema) {}

    /**
     * @param topic with {@code <queue_id>} where the run's id will stand
     * @param schema of the records, with their key
     * @param tables schemas of all tables when several share the topic, otherwise empty
     */
    public record Edge(
            String from,
            List<String> to,
            String topic,
            int partitions,
            String format,
            RowSchema schema,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RowSchema> tables) {}

    /** @param diagnostics those of planning; only the warnings among them are kept */
    public static Plan of(WorkflowSpec spec, JobGraph graph, List<Diagnostic> diagnostics) {
        return new Plan(
                spec.name(),
                word(spec.mode()),
                word(graph.from()),
                graph.vertices().stream().map(Plan::vertex).toList(),
                edges(spec, graph),
                graph.estimatedRows().isPresent() ? graph.estimatedRows().getAsLong() : null,
                diagnostics.stream().filter(one -> !one.error()).toList());
    }

    private static Vertex vertex(JobGraph.Vertex vertex) {
        boolean source = vertex.role() == Task.Role.SOURCE;
        return new Vertex(
                vertex.name(),
                word(vertex.role()),
                vertex.connector(),
                vertex.worker(),
                vertex.parts().size(),
                vertex.operators().stream()
                        .map(Map::keySet)
                        .map(names -> String.join(",", names))
                        .toList(),
                source
                        ? vertex.parts().stream()
                                .map(part -> part.splits().stream()
                                        .map(Task.Split::id)
                                        .toList())
                                .toList()
                        : List.of(),
                source
                        ? List.of()
                        : vertex.parts().stream().map(JobGraph.Part::partitions).toList(),
                vertex.schema());
    }

    private static List<Edge> edges(WorkflowSpec spec, JobGraph graph) {
        TaskFactory factory = new TaskFactory(spec, graph, "<queue_id>", (subject, schema) -> 0);
        return factory.topics().stream()
                .map(topic -> {
                    JobGraph.Edge edge = graph.edges().stream()
                            .filter(one -> one.name().equals(topic.edge()))
                            .findFirst()
                            .orElseThrow();
                    return new Edge(
                            edge.from(),
                            edge.to(),
                            topic.name(),
                            edge.partitions(),
                            word(spec.format()),
                            edge.schema(),
                            edge.schemas().size() == 1 ? List.of() : edge.schemas());
                })
                .toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
