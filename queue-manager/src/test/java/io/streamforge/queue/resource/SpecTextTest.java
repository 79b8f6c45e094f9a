package io.streamforge.queue.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.Problem;
import io.streamforge.model.Diagnostic;
import io.streamforge.model.ParsedWorkflow;
import io.streamforge.model.WorkflowParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecTextTest {

    @Test
    void shouldPrintASpecAsKubectlDoes() {
        Map<String, Object> spec = Map.of(
                "source", Map.of("connector", "file", "options", Map.of("path", "orders.csv", "delimiter", ";")),
                "sinks", List.of(Map.of("connector", "sqlite")),
                "operators", List.of(Map.of("filter", "age > 18")));

        assertThat(SpecText.of(spec, "orders")).isEqualTo("""
                        operators:
                        - filter: age > 18
                        sinks:
                        - connector: sqlite
                        source:
                          connector: file
                          options:
                            delimiter: ;
                            path: orders.csv
                        name: orders
                        """);
    }

    @Test
    void shouldKeepEveryValueWhatItIs() {
        // given
        Map<String, Object> options = Map.ofEntries(
                Map.entry("yes", "yes"),
                Map.entry("octal", "010"),
                Map.entry("exponent", "1e3"),
                Map.entry("date", "2024-08-01"),
                Map.entry("integer", "42"),
                Map.entry("nothing", ""),
                Map.entry("null", "null"),
                Map.entry("lines", "a\n  b\n"),
                Map.entry("special", "# not: a comment"),
                Map.entry("reference", "${secret:shop}"),
                Map.entry("number", 42L),
                Map.entry("flag", true));

        // when
        ParsedWorkflow parsed = WorkflowParser.parse(SpecText.of(Map.of("source", options), "orders"));

        // then
        assertThat(parsed.document().root().get("source")).isEqualTo(options);
    }

    @Test
    void shouldNotNameWhatNamesItself() {
        assertThat(SpecText.of(Map.of("name", "other"), "orders")).isEqualTo("name: other\n");
        assertThat(SpecText.of(Map.of("template", "market-data"), "orders")).isEqualTo("template: market-data\n");
    }

    @Test
    void shouldPlaceAProblemWhereKubectlPrintsIt() {
        // given
        String text = SpecText.of(Map.of("source", Map.of("connector", "file")), "orders");
        ParsedWorkflow parsed = WorkflowParser.parse(text);

        // when: source is on the first line of the spec, connector on the second
        Diagnostic problem = SpecText.inResource(parsed.error(
                Diagnostic.Level.SEMANTICS, new Problem("X", "source.connector", "is wrong", "another one")));

        // then: counted from the line "spec:", indented by two
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.column()).isEqualTo(5);
        assertThat(problem.path()).isEqualTo("spec.source.connector");
    }
}
