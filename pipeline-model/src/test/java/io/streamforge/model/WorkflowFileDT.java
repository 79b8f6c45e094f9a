package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What docs/workflow-file.md shows is understood, and what is understood stands there. */
class WorkflowFileDT {

    private static final Path PAGE = Path.of("../docs/workflow-file.md");
    private static final Pattern BLOCK = Pattern.compile("```(?:yaml|json)\n(.*?)```", Pattern.DOTALL);

    static Stream<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE)).results().map(match -> match.group(1));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void shouldUnderstandEachExample(String text) {
        ParsedWorkflow workflow = WorkflowParser.parse(text);

        assertThat(new Validator(Samples.CONNECTORS, Samples.OPERATORS).validate(workflow))
                .isEmpty();
        assertThat(workflow.spec()).isPresent();
    }

    @Test
    void shouldDescribeEveryMemberWithItsDefault() throws IOException {
        String page = Files.readString(PAGE);
        JsonNode members = new WorkflowSchema(Samples.CONNECTORS, Samples.OPERATORS)
                .toJson()
                .path("properties");

        members.properties().forEach(member -> {
            assertThat(page).contains("`" + member.getKey());
            JsonNode fallback = member.getValue().path("default");
            if (!fallback.isMissingNode()) {
                assertThat(page).contains("| `%s` | `%s` |".formatted(member.getKey(), fallback.asString()));
            }
        });
        for (ParameterType type : ParameterType.values()) {
            assertThat(page).contains("`" + type.word() + "`");
        }
    }
}
