package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code in-*} file of the folder gives its {@code out-*.txt}: what is wrong with it, or the plan it compiles to. Written again with
 * {@code -Dgolden.write=true}.
 */
class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/workflows");

    static Stream<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith("in-")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void shouldSayWhatIsWrongOrWhatWillRun(Path input) throws IOException {
        String name = input.getFileName().toString();
        String actual = answer(name, Files.readString(input)) + "\n";

        Path output = FOLDER.resolve(name.replaceFirst("^in-", "out-").replaceFirst("\\.[a-z]+$", ".txt"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(output, actual);
        }

        assertThat(actual).isEqualTo(Files.readString(output));
    }

    private static String answer(String name, String text) {
        ParsedWorkflow workflow = WorkflowParser.parse(text, Map.of(), Map.of());
        PlanResult result =
                new Planner(Samples.CONNECTORS, Samples.OPERATORS, new Samples.FakeDiscoverer()).plan(workflow);
        StringBuilder answer = new StringBuilder();
        if (!result.diagnostics().isEmpty()) {
            answer.append(Diagnostic.format(name, result.diagnostics()));
        }
        result.graph().ifPresent(graph -> answer.append(answer.isEmpty() ? "" : "\n")
                .append(Json.MAPPER
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Plan.of(workflow.spec().orElseThrow(), graph, result.diagnostics()))));
        return answer.toString();
    }
}
