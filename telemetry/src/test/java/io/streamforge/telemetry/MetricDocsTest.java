package io.streamforge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricDocsTest {

    private static final Path PAGE = Path.of("../docs/metrics.md");

    @Test
    void shouldDocumentEveryMetricOfTheCatalogue() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, MetricDocs.page());
        }

        assertThat(Files.readString(PAGE))
                .as("write the page again: mvn -pl telemetry test -Ddocs.write=true")
                .isEqualTo(MetricDocs.page());
    }
}
