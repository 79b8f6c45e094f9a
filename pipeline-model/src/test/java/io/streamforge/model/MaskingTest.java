package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final Map<String, Object> DOCUMENT =
            WorkflowParser.parse("""
                    name: orders
                    source:
                      connector: mysql
                      options:
                        url: "jdbc:mysql://etl:hunter2@db/shop?user=x&password=hunter2&ssl=true"
                        username: etl
                        password: hunter2
                        table: orders
                        split_key: id
                    operators:
                      - map: {password: password_column}
                    sinks:
                      - connector: postgresql
                        options: {url: "${env:URL}", password: "${secret:pg}", table: t}
                      - connector: rest
                        options: {url: "http://x", api_key: 12345, headers: {Authorization: "Bearer hunter2", Accept: text}}
                    """).spec().orElseThrow().document();

    @Test
    void shouldHideSecretsAndNothingElse() {
        Map<String, Object> masked = new Masking(Samples.CONNECTORS).mask(DOCUMENT);

        assertThat(masked.toString()).doesNotContain("hunter2", "12345");
        assertThat(options(masked.get("source")))
                .containsEntry("url", "jdbc:mysql://etl:***@db/shop?user=x&password=***&ssl=true")
                .containsEntry("username", "etl")
                .containsEntry("password", "***")
                .containsEntry("split_key", "id");
        assertThat(masked.get("operators")).isEqualTo(DOCUMENT.get("operators"));
        List<?> sinks = (List<?>) masked.get("sinks");
        assertThat(sinks.get(0)).isEqualTo(((List<?>) DOCUMENT.get("sinks")).get(0));
        assertThat(options(sinks.get(1)))
                .containsEntry("api_key", "***")
                .containsEntry("headers", Map.of("Authorization", "***", "Accept", "text"));
    }

    @Test
    void shouldLeaveADocumentWithoutSecretsAlone() {
        Map<String, Object> plain =
                Map.of("name", "x", "source", Map.of("connector", "file", "options", Map.of("path", "a")));

        assertThat(new Masking(Samples.CONNECTORS).mask(plain)).isEqualTo(plain);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> options(Object component) {
        return (Map<String, Object>) ((Map<?, ?>) component).get("options");
    }
}
