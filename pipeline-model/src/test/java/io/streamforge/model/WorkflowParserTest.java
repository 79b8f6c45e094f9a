package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Json;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.model.WorkflowSpec.Mode;
import io.streamforge.model.WorkflowSpec.Restart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;

class WorkflowParserTest {

    private static final String SMALL = """
            name: small
            source: {connector: file, options: {path: in.csv}}
            sinks: [{connector: file, options: {path: out.csv}}]
            """;
    private static final String SEED = """
            {"symbol":"BTCUSDT","type":"api_candles_5m","time_range":"2024-08-01:2024-08-02"}
            """;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            return files
                    .filter(file -> file.getFileName().toString().equals("workflow.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void shouldUseTheDocumentedDefaults() {
        WorkflowSpec spec = spec(SMALL);

        assertThat(spec.mode()).isEqualTo(Mode.BATCH);
        assertThat(spec.format()).isEqualTo(Task.Format.AVRO);
        assertThat(spec.from()).isEqualTo(Task.From.LAST);
        assertThat(spec.errors()).isEqualTo(new WorkflowSpec.Errors(Task.Rejected.DEAD_LETTER, 1, Duration.ofDays(7)));
        assertThat(spec.restart())
                .isEqualTo(new Restart.ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 2, 10));
        assertThat(spec.maxLag()).isEqualTo(new Task.MaxLag(5_000_000, 512L << 20));
        assertThat(spec.retention()).isEqualTo(Duration.ofHours(1));
        assertThat(spec.progressTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(spec.resources().parallelism()).isEqualTo(1);
        assertThat(spec.subject()).isEqualTo(Subject.NONE);
    }

    @Test
    void shouldReadFromTheBeginningWhenASinkReplacesItsTarget() {
        String replacing = SMALL.replace("out.csv}", "out.csv, mode: replace}");

        assertThat(spec(SMALL).begin(Samples.CONNECTORS)).isEqualTo(Task.From.LAST);
        assertThat(spec(replacing).begin(Samples.CONNECTORS)).isEqualTo(Task.From.FRESH);
        assertThat(spec(replacing + "from: last\n").begin(Samples.CONNECTORS)).isEqualTo(Task.From.LAST);
    }

    @Test
    void shouldKnowThatASinkReplacesItsTargetByDefault() {
        assertThat(spec(SMALL.replace("connector: file, options: {path: out.csv}", "connector: archive"))
                        .begin(Samples.CONNECTORS))
                .isEqualTo(Task.From.FRESH);
    }

    @Test
    void shouldTellWhatTheSeedsExampleMeans() {
        WorkflowSpec spec = spec(SEED);

        assertThat(spec.name()).isEqualTo("btcusdt-api_candles_5m-20240801-20240802");
        assertThat(spec.subject())
                .isEqualTo(new Subject(
                        "BTCUSDT", "api_candles_5m", "2024-08-01:2024-08-02", "btcusdt_api_candles_5m_2024_08_01"));
        assertThat(spec.queueId(LocalDate.of(2030, 1, 1), new Random(1)))
                .matches("wf-btcusdt-api_candles_5m-20240801-[0-9a-f]{6}");
        assertThat(spec.source().options()).containsEntry("symbols", java.util.List.of("BTCUSDT"));
        assertThat(spec.sinks().get(0).options()).containsEntry("table", "btcusdt_api_candles_5m_2024_08_01");
    }

    @Test
    void shouldTakeTheServersDefaultsForATemplate() {
        Map<String, Object> target = Map.of(
                "connector",
                "arangodb",
                "options",
                Map.of("collection", "${collection_name}", "password", "${secret:a}"));

        WorkflowSpec spec = WorkflowParser.parse(SEED, Map.of(), Map.of("target", target, "base_url", "http://x"))
                .spec()
                .orElseThrow();

        assertThat(spec.sinks().get(0).connector()).isEqualTo("arangodb");
        assertThat(spec.sinks().get(0).options())
                .containsEntry("collection", "btcusdt_api_candles_5m_2024_08_01")
                .containsEntry("password", "${secret:a}");
        assertThat(spec.source().options()).containsEntry("base_url", "http://x");
    }

    @Test
    void shouldTakeATemplateByName() {
        WorkflowSpec spec = spec("""
                template: market-data
                parameters: {symbol: ethusdt, type: api_trades, time_range: "2024-08-01"}
                """);

        assertThat(spec.subject().symbol()).isEqualTo("ETHUSDT");
    }

    @Test
    void shouldPointAtTheParameterThatMadeAProblem() {
        ParsedWorkflow parsed = WorkflowParser.parse("""
                symbol: BTC/USDT
                typ: api_candles_5m
                time_range: "2024-08-02:2024-08-01"
                """);

        assertThat(Diagnostic.format("body", parsed.diagnostics())).isEqualTo("""
                        body: 4 problems
                          1:1  symbol      'BTC/USDT' does not match [A-Za-z0-9]{2,20}; for example BTCUSDT
                          1:1  type        parameter 'type' is required; for example api_candles_5m
                          2:1  typ         'typ' is not a parameter; did you mean 'type'? allowed: base_url, collection_name, symbol, target, time_range, type
                          3:1  time_range  the end 2024-08-01, which is not part of it, must be after 2024-08-02; for example 2024-08-01:2024-08-02""");
    }

    @Test
    void shouldGiveParametersTheirTypesWhenAllOfThemAreText() {
        String text = """
                name: typed
                parameters:
                  workers: {type: integer, default: 1, min: 1, max: 8}
                  header: {type: boolean, default: true}
                  key: {type: list, default: []}
                  day: {type: date, required: false}
                source: {connector: file, options: {path: "a-${day}.csv", header: "${header}", since: "${day}"}}
                sinks: [{connector: sqlite, options: {key: "${key}"}}]
                resources: {parallelism: "${workers}"}
                """;

        WorkflowSpec spec = WorkflowParser.parse(
                        text, Map.of("workers", "4", "header", "false", "key", "id, region"), Map.of())
                .spec()
                .orElseThrow();

        assertThat(spec.resources().parallelism()).isEqualTo(4);
        assertThat(spec.source().options()).isEqualTo(Map.of("path", "a-.csv", "header", false));
        assertThat(spec.sinks().get(0).options()).containsEntry("key", java.util.List.of("id", "region"));
        assertThat(WorkflowParser.parse(text, Map.of("workers", "many", "worker", 1), Map.of())
                        .diagnostics())
                .extracting(Diagnostic::code, Diagnostic::path, Diagnostic::suggestion)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "UNKNOWN-PARAMETER",
                                "worker",
                                "did you mean 'workers'? allowed: day, header, key, workers"),
                        org.assertj.core.groups.Tuple.tuple("PARAMETER-VALUE", "parameters.workers", null));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldParseTheExamples(Path file) throws IOException {
        ParsedWorkflow parsed = WorkflowParser.parse(Files.readString(file));

        assertThat(parsed.diagnostics()).isEmpty();
        assertThat(parsed.spec()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldGiveTheSameSpecificationFromJsonAndFromTheStoredDocument(Path file) throws IOException {
        WorkflowSpec spec = spec(Files.readString(file));
        String json = Json.MAPPER.writeValueAsString(spec.document());
        Map<String, Object> stored = Json.MAPPER.readValue(json, new TypeReference<>() {});

        assertThat(spec(json)).isEqualTo(spec);
        assertThat(WorkflowParser.ofDocument(stored).spec()).contains(spec);
    }

    private static WorkflowSpec spec(String text) {
        ParsedWorkflow parsed = WorkflowParser.parse(text);
        assertThat(parsed.diagnostics()).isEmpty();
        return parsed.spec().orElseThrow();
    }
}
