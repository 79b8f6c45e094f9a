package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Command;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import io.streamforge.model.TaskFactory.RunTask;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TaskFactoryTest {

    private static final String QUEUE_ID = "wf-x-20240801-a1b2c3";

    private final List<String> subjects = new ArrayList<>();

    @Test
    void shouldSpreadSplitsAndPartitionsOverTasks() throws IOException {
        List<RunTask> tasks = factory("in-good-contract-sample.yaml").tasks();

        assertThat(tasks)
                .extracting(RunTask::vertex)
                .containsExactly(
                        "source-0", "source-1", "source-2", "source-3", "sink-0", "sink-1", "sink-2", "sink-3");
        assertThat(tasks.subList(0, 4))
                .flatExtracting(task -> task.task().splits())
                .extracting(Task.Split::id)
                .containsExactlyInAnyOrder("part-0", "part-1", "part-2", "part-3", "part-4");
        assertThat(tasks.subList(4, 8))
                .flatExtracting(
                        task -> Objects.requireNonNull(task.task().input()).partitions())
                .containsExactly(0, 1, 2, 3);
        assertThat(tasks).extracting(RunTask::number).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
    }

    @Test
    void shouldTellASourceItsRowsItsOperatorsAndWhoReadsAfterIt() throws IOException {
        Task source = factory("in-good-contract-sample.yaml").tasks().get(0).task();

        assertThat(source.role()).isEqualTo(Task.Role.SOURCE);
        assertThat(source.workflow()).isEqualTo("orders-to-warehouse");
        assertThat(source.positionsTopic()).isEqualTo("orders-to-warehouse-positions");
        assertThat(source.deadTopic()).isEqualTo(QUEUE_ID + "-dead");
        assertThat(source.operators())
                .extracting(one -> one.keySet().iterator().next())
                .containsExactly("filter", "map");
        assertThat(AvroSchemas.fromAvro(Objects.requireNonNull(source.schema()).avro()))
                .isEqualTo(Samples.ORDERS);
        assertThat(source.errors()).isEqualTo(new Task.Errors(Task.Rejected.DEAD_LETTER, 0.05));
        assertThat(source.options()).containsEntry("password", "${secret:shop-db}");
        Task.Output output = Objects.requireNonNull(source.output());
        assertThat(output.topic()).isEqualTo(QUEUE_ID + "-data");
        assertThat(output.partitions()).isEqualTo(4);
        assertThat(output.consumers()).containsExactly(QUEUE_ID + "-sink");
        assertThat(AvroSchemas.fromAvro(Objects.requireNonNull(output.key()).avro())
                        .columns())
                .extracting(io.streamforge.record.Column::name)
                .containsExactly("id", "name");
    }

    @Test
    void shouldLetEverySinkReadTheSameTopicInAGroupOfItsOwn() throws IOException {
        TaskFactory factory = factory("in-good-fan-out.yaml");

        assertThat(factory.topics()).singleElement().satisfies(topic -> {
            assertThat(topic.from()).containsExactly("source");
            assertThat(topic.to()).containsExactly("sink-1-0", "sink-1-1", "sink-2-0", "sink-2-1");
            assertThat(topic.partitions()).isEqualTo(5);
        });
        assertThat(factory.tasks().stream().skip(1))
                .extracting(task -> Objects.requireNonNull(task.task().input()).group())
                .containsExactly(
                        QUEUE_ID + "-sink-1", QUEUE_ID + "-sink-1", QUEUE_ID + "-sink-2", QUEUE_ID + "-sink-2");
        assertThat(factory.tasks().stream().skip(1)).extracting(RunTask::number).containsExactly(0, 1, 2, 3);
        assertThat(subjects).contains("fan-out-source-value", "fan-out-source-key", "fan-out-source-input");
    }

    @Test
    void shouldPutStagesBetweenTopicsOfTheirOwn() throws IOException {
        TaskFactory factory = factory("in-good-stages.yaml");

        assertThat(factory.topics())
                .extracting(TaskFactory.RunTopic::name)
                .containsExactly(QUEUE_ID + "-source-data", QUEUE_ID + "-sum-data", QUEUE_ID + "-network-data");
        assertThat(factory.tasks())
                .extracting(RunTask::vertex)
                .containsExactly("source", "sum-0", "sum-1", "network", "sink-0", "sink-1");
        Task sum = factory.tasks().get(1).task();
        assertThat(sum.role()).isEqualTo(Task.Role.STAGE);
        assertThat(sum.connector()).isEqualTo("sum");
        assertThat(sum.configuration()).isEqualTo(java.util.Map.of("column", "total"));
        assertThat(sum.operators())
                .extracting(one -> one.keySet().iterator().next())
                .containsExactly("filter");
        Task.Input input = Objects.requireNonNull(sum.input());
        assertThat(input.topic()).isEqualTo(QUEUE_ID + "-source-data");
        assertThat(input.partitions()).containsExactly(0, 2);
        assertThat(input.group()).isEqualTo(QUEUE_ID + "-sum");
        Task.Output output = Objects.requireNonNull(sum.output());
        assertThat(output.topic()).isEqualTo(QUEUE_ID + "-sum-data");
        assertThat(output.partitions()).as("the next stage has to see all rows").isEqualTo(1);
        assertThat(output.consumers()).containsExactly(QUEUE_ID + "-network");
        Task network = factory.tasks().get(3).task();
        assertThat(Objects.requireNonNull(network.output()).tables())
                .extracting(Task.Table::name)
                .containsExactly("nodes", "links");
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(sum), Task.class))
                .isEqualTo(sum);
    }

    @Test
    void shouldNameTheTableOfEachRowWhereOthersMayJoin() throws IOException {
        Task open = sourceOf("""
                name: open
                source: {connector: file, options: {path: joining.csv}}
                sinks:
                  - {connector: sqlite, options: {url: "jdbc:sqlite:a.db", table: "{table}", mode: upsert}}
                """);
        Task fixed = sourceOf("""
                name: fixed
                source: {connector: file, options: {path: joining.csv}}
                sinks:
                  - {connector: sqlite, options: {url: "jdbc:sqlite:a.db", table: "{table}", mode: upsert}}
                  - {connector: sqlite, options: {url: "jdbc:sqlite:b.db", table: orders, mode: upsert}}
                """);
        Task passing = sourceOf("""
                name: passing
                source: {connector: file, options: {path: joining.csv}}
                operators: [{filter: "id > 1"}]
                sinks:
                  - {connector: sqlite, options: {url: "jdbc:sqlite:a.db", table: "{table}", mode: upsert}}
                """);

        Task.Output output = Objects.requireNonNull(open.output());
        assertThat(output.joining()).isTrue();
        assertThat(output.tables()).extracting(Task.Table::name).containsExactly(Samples.ORDERS.name());
        assertThat(subjects).contains("open-source-" + Samples.ORDERS.name() + "-value", "fixed-source-value");
        assertThat(List.of(fixed, passing))
                .extracting(task -> Objects.requireNonNull(task.output()))
                .allSatisfy(other -> {
                    assertThat(other.joining()).isFalse();
                    assertThat(other.tables()).isEmpty();
                });
        Task.Table joined = new Task.Table("joined", output.key(), output.value());
        Task with = open.with(joined).with(joined);
        assertThat(Objects.requireNonNull(with.output()).tables())
                .extracting(Task.Table::name)
                .containsExactly(Samples.ORDERS.name(), "joined");
        assertThat(fixed.with(joined)).isEqualTo(fixed);
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(with), Task.class))
                .isEqualTo(with);
    }

    private Task sourceOf(String text) {
        Planned planned = planText(text);
        return new TaskFactory(planned.spec(), planned.graph(), QUEUE_ID, this::register)
                .tasks()
                .get(0)
                .task();
    }

    @Test
    void shouldWriteTheSeedsStartCommand() throws IOException {
        WorkflowSpec spec = plan("in-good-seed.json").spec();
        RunTask source = factory("in-good-seed.json").tasks().get(0);

        Command.Start start = source.start(
                "wf-btcusdt-api_candles_5m-20240801-a1b2c3", spec, 1, "registry.example/loader-api:v1", Instant.EPOCH);
        JsonNode json = Json.MAPPER.valueToTree(start);

        assertThat(json.path("command").asString()).isEqualTo("start");
        assertThat(json.path("target").asString()).isEqualTo("loader-api");
        assertThat(json.path("symbol").asString()).isEqualTo("BTCUSDT");
        assertThat(json.path("type").asString()).isEqualTo("api_candles_5m");
        assertThat(json.path("time_range").asString()).isEqualTo("2024-08-01:2024-08-02");
        assertThat(json.path("collection_name").asString()).isEqualTo("btcusdt_api_candles_5m_2024_08_01");
        assertThat(json.path("telemetry_id").asString()).isEqualTo("loader-api__a1b2c3");
        assertThat(json.path("vertex").asString()).isEqualTo("source");
        assertThat(Json.MAPPER.readValue(json.toString(), Command.class)).isEqualTo(start);
    }

    private record Planned(WorkflowSpec spec, JobGraph graph) {}

    private static Planned plan(String file) throws IOException {
        return planText(Files.readString(Path.of("src/test/resources/workflows", file)));
    }

    private static Planned planText(String text) {
        ParsedWorkflow workflow = WorkflowParser.parse(text);
        PlanResult result =
                new Planner(Samples.CONNECTORS, Samples.OPERATORS, new Samples.FakeDiscoverer()).plan(workflow);
        return new Planned(workflow.spec().orElseThrow(), result.graph().orElseThrow());
    }

    private TaskFactory factory(String file) throws IOException {
        Planned planned = plan(file);
        return new TaskFactory(planned.spec(), planned.graph(), QUEUE_ID, this::register);
    }

    private int register(String subject, RowSchema schema) {
        subjects.add(subject);
        return subjects.size();
    }
}
