package io.streamforge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesDocsTest {

    private static final Path DOCS = Path.of("..", "docs", "helm-values.md");

    @Test
    void shouldDocumentEveryValue() throws IOException {
        List<ValuesFile.Value> values = ValuesFile.read(Installation.CHART.resolve("values.yaml"));

        assertThat(values)
                .allSatisfy(value -> assertThat(value.text()).as(value.name()).isNotBlank());
        Golden.check(DOCS, page(values));
    }

    private static String page(List<ValuesFile.Value> values) {
        StringBuilder page = new StringBuilder("""
                <!-- Made from helm/streamforge/values.yaml by ValuesDocsTest (-Dgolden.write=true); changes belong there. -->
                # Values of the chart

                | value | default | |
                |---|---|---|
                """);
        for (ValuesFile.Value value : values) {
            page.append("| `%s` | `%s` | %s |%n"
                    .formatted(value.name(), value.fallback(), value.text().replace("|", "\\|")));
        }
        return page.toString();
    }
}
