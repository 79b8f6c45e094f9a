package io.streamforge.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All a worker is told about its vertex; with the environment it is all a worker needs. Options hold secrets as references
 * ({@code ${secret:name}}) only.
 *
 * @param workflow the workflow's name, which owns positions and transactional ids
 * @param role whether the vertex reads from a system, writes to one, or keeps state between two topics
 * @param connector name of the connector, or of the stage
 * @param options the connector's options as the user wrote them, references unresolved; of a stage its {@link #configuration}
 * @param schema what a source's rows look like before operators; otherwise null
 * @param operators chained into this vertex, each an object with one member: the operator's name and its configuration
 * @param splits what this task of a source reads; otherwise empty
 * @param output where a source or a stage writes; null for a sink
 * @param input where a sink or a stage reads; null for a source
 * @param positionsTopic the workflow's positions
 * @param deadTopic the run's dead letters; created by whoever writes the first one
 * @param from where a source begins when this run has no position yet
 */
public record Task(
        String workflow,
        Role role,
        String connector,
        Map<String, Object> options,
        @Nullable SchemaRef schema,
        List<Map<String, Object>> operators,
        List<Split> splits,
        @Nullable Output output,
        @Nullable Input input,
        String positionsTopic,
        String deadTopic,
        From from,
        Errors errors,
        @Nullable Duration checkpointInterval) {

    private static final String CONFIGURATION = "configuration";

    /** The same where it reads or writes rows to which those of another table may come; they have come. */
    public Task with(Table joined) {
        return new Task(
                workflow,
                role,
                connector,
                options,
                schema,
                operators,
                splits,
                output == null || !output.joining() ? output : output.with(joined),
                input == null || !input.joining() ? input : input.with(joined),
                positionsTopic,
                deadTopic,
                from,
                errors,
                checkpointInterval);
    }

    /** The options of a stage that was configured so. */
    public static Map<String, Object> stageOptions(Object configuration) {
        return Map.of(CONFIGURATION, configuration);
    }

    /** How a stage was configured; null for other roles. */
    public @Nullable Object configuration() {
        return role == Role.STAGE ? options.get(CONFIGURATION) : null;
    }

    /** What a vertex does: source and sink with a system, a stage with rows. */
    public enum Role {
        @JsonProperty("source")
        SOURCE,
        @JsonProperty("stage")
        STAGE,
        @JsonProperty("sink")
        SINK
    }

    /** Where a run without positions of its own begins: where the workflow's last run ended, or at the beginning. */
    public enum From {
        @JsonProperty("last")
        LAST,
        @JsonProperty("fresh")
        FRESH
    }

    /** How records are encoded in a data topic. */
    public enum Format {
        @JsonProperty("avro")
        AVRO,
        @JsonProperty("json")
        JSON
    }

    /** What happens to a row that cannot be processed. */
    public enum Rejected {
        @JsonProperty("dead-letter")
        DEAD_LETTER,
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("drop")
        DROP
    }

    /**
     * A registered schema.
     *
     * @param id in the registry
     * @param avro the schema itself, so that a worker asks nobody
     */
    public record SchemaRef(int id, JsonNode avro) {}

    /**
     * A part of a source that is read on its own, in one thread, with its own position.
     *
     * @param id unique in the vertex and the same in every attempt; {@code [A-Za-z0-9._-]+}
     * @param values what the connector needs to find the part
     */
    public record Split(String id, Map<String, Object> values) {}

    /**
     * A table among several whose rows share a topic; their records name it in the header {@code tbl}.
     *
     * @param name as in the rows' schema
     * @param key schema of the keys, null when rows have none
     */
    public record Table(String name, @Nullable SchemaRef key, SchemaRef value) {

        private static List<Table> and(List<Table> tables, Table joined) {
            boolean known = tables.stream().anyMatch(table -> table.name().equals(joined.name()));
            return known
                    ? tables
                    : Stream.concat(tables.stream(), Stream.of(joined)).toList();
        }
    }

    /**
     * @param key schema of the keys, null when rows have none
     * @param consumers consumer groups that read the topic, for the lag that holds the source back
     * @param tables when rows of several tables share the topic, all of them, the one of key and value first; otherwise empty
     * @param evolving whether rows may get another schema while the run goes on, registered before the first of them
     * @param joining whether rows may come of tables that are none of {@code tables}, their schemas registered before the first of them
     */
    public record Output(
            String topic,
            int partitions,
            @Nullable SchemaRef key,
            SchemaRef value,
            Format format,
            List<String> consumers,
            MaxLag maxLag,
            List<Table> tables,
            boolean evolving,
            boolean joining) {

        @JsonCreator
        public Output {
            tables = tables == null ? List.of() : List.copyOf(tables);
        }

        /** The same with rows of one table more. */
        public Output with(Table joined) {
            return new Output(
                    topic,
                    partitions,
                    key,
                    value,
                    format,
                    consumers,
                    maxLag,
                    Table.and(tables, joined),
                    evolving,
                    joining);
        }

        public Output(
                String topic,
                int partitions,
                @Nullable SchemaRef key,
                SchemaRef value,
                Format format,
                List<String> consumers,
                MaxLag maxLag,
                List<Table> tables) {
            this(topic, partitions, key, value, format, consumers, maxLag, tables, false, false);
        }

        public Output(
                String topic,
                int partitions,
                @Nullable SchemaRef key,
                SchemaRef value,
                Format format,
                List<String> consumers,
                MaxLag maxLag) {
            this(topic, partitions, key, value, format, consumers, maxLag, List.of());
        }
    }

    /**
     * @param partitions what this task reads
     * @param topicPartitions how many partitions the topic has: what all tasks of the vertex read together
     * @param group of consumers; all tasks of the vertex have the same
     * @param shared whether several workers of the same task share the input as members of its group; partitions are then all
     * @param tables as in {@link Output}
     * @param evolving as in {@link Output}
     * @param joining as in {@link Output}
     */
    public record Input(
            String topic,
            List<Integer> partitions,
            int topicPartitions,
            @Nullable SchemaRef key,
            SchemaRef value,
            Format format,
            String group,
            List<Table> tables,
            boolean shared,
            boolean evolving,
            boolean joining) {

        @JsonCreator
        public Input {
            tables = tables == null ? List.of() : List.copyOf(tables);
        }

        public Input(
                String topic,
                List<Integer> partitions,
                int topicPartitions,
                @Nullable SchemaRef key,
                SchemaRef value,
                Format format,
                String group,
                List<Table> tables,
                boolean shared) {
            this(topic, partitions, topicPartitions, key, value, format, group, tables, shared, false, false);
        }

        public Input(
                String topic,
                List<Integer> partitions,
                int topicPartitions,
                @Nullable SchemaRef key,
                SchemaRef value,
                Format format,
                String group,
                List<Table> tables) {
            this(topic, partitions, topicPartitions, key, value, format, group, tables, false, false, false);
        }

        public Input(
                String topic,
                List<Integer> partitions,
                int topicPartitions,
                @Nullable SchemaRef key,
                SchemaRef value,
                Format format,
                String group) {
            this(topic, partitions, topicPartitions, key, value, format, group, List.of(), false, false, false);
        }

        /** The same with rows of one table more. */
        public Input with(Table joined) {
            return with(value, Table.and(tables, joined));
        }

        /** The same with other schemas of the rows. */
        public Input with(SchemaRef newValue, List<Table> newTables) {
            return new Input(
                    topic,
                    partitions,
                    topicPartitions,
                    key,
                    newValue,
                    format,
                    group,
                    newTables,
                    shared,
                    evolving,
                    joining);
        }
    }

    /** How far a source or a stage may run ahead of its slowest consumer. */
    public record MaxLag(long records, long bytes) {

        public MaxLag {
            if (records < 1 || bytes < 1) {
                throw new IllegalArgumentException(
                        "max_lag: records and bytes must be at least 1, got " + records + " and " + bytes);
            }
        }
    }

    /**
     * @param maxRatio of rejected to read rows, 0 to 1; above it the run fails
     */
    public record Errors(Rejected rejected, double maxRatio) {}
}
