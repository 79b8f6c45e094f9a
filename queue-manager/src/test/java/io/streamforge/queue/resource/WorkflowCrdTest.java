package io.streamforge.queue.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The file the chart ships is the definition; written again with {@code -Dgolden.write=true}. */
class WorkflowCrdTest {

    private static final Path FILE = Path.of("../helm/streamforge/crds/workflows.yaml");
    private static final String HEADER = """
            # Made from the schema of the workflow file (WorkflowCrd); a test keeps it so.
            """;

    @Test
    void shouldShipTheDefinitionThatTheCodeMakes() throws IOException {
        String actual = HEADER + yaml(WorkflowCrd.definition());
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, actual);
        }

        assertThat(actual).isEqualTo(Files.readString(FILE));
    }

    @Test
    void shouldKeepToTheRulesOfStructuralSchemas() {
        JsonNode schema = WorkflowCrd.definition().at("/spec/versions/0/schema/openAPIV3Schema");

        assertStructural("", schema);
    }

    @Test
    void shouldLeaveNamesOfConnectorsAndDefaultsToTheController() {
        JsonNode spec = WorkflowCrd.definition().at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

        assertThat(spec.at("/properties/source/properties/connector").has("enum"))
                .isFalse();
        assertThat(spec.toString()).doesNotContain("\"default\"");
        assertThat(spec.at("/properties/mode/enum").toString()).isEqualTo("[\"batch\",\"streaming\"]");
    }

    private static void assertStructural(String path, JsonNode schema) {
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        assertThat(schema.has("type") || open).as("%s has a type", path).isTrue();
        if (schema.has("type")) {
            assertThat(schema.get("type").isString())
                    .as("%s has one type", path)
                    .isTrue();
        }
        for (String forbidden : new String[] {"$schema", "additionalProperties", "const", "allOf", "if", "default"}) {
            assertThat(schema.has(forbidden)).as("%s has %s", path, forbidden).isFalse();
        }
        schema.path("properties")
                .properties()
                .forEach(member -> assertStructural(path + "." + member.getKey(), member.getValue()));
        if (schema.has("items")) {
            assertStructural(path + "[]", schema.get("items"));
        }
    }

    private static String yaml(ObjectNode definition) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        Object plain = new JsonMapper().convertValue(definition, Object.class);
        return new Yaml(options).dump(plain);
    }
}
