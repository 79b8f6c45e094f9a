package io.streamforge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A chart holds nothing from outside of it, so it has copies of the rules and dashboards of {@code k8s/observability}. */
class ObservabilityTest {

    private static final Path SHIPPED = Path.of("..", "k8s", "observability");
    private static final Path RULES = SHIPPED.resolve("prometheus").resolve("rules.yaml");
    private static final Path COPIES = Installation.CHART.resolve("files");

    @Test
    void shouldHoldTheRulesAndDashboardsThatAreShipped() throws IOException {
        Golden.check(COPIES.resolve("rules.yaml"), Files.readString(RULES));
        for (String dashboard : dashboards(SHIPPED.resolve("grafana"))) {
            Golden.check(
                    COPIES.resolve("dashboards").resolve(dashboard),
                    Files.readString(SHIPPED.resolve("grafana").resolve(dashboard)));
        }
        assertThat(dashboards(COPIES.resolve("dashboards"))).isEqualTo(dashboards(SHIPPED.resolve("grafana")));
    }

    private static Set<String> dashboards(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    @Test
    void shouldMakeNothingOfThemUnlessAskedFor() {
        Installation installation = Installation.embedded();

        assertThat(installation.kind("PrometheusRule")).isEmpty();
        assertThat(installation.kind("ConfigMap"))
                .noneMatch(map -> Tree.name(map).endsWith("-dashboard"));
    }

    @Test
    void shouldMakeThemAsTheyAreWhenAskedFor() throws IOException {
        // when
        Installation installation = Installation.of(Map.of(
                "embedded.enabled", true,
                "monitoring.rules", true,
                "monitoring.dashboards", true,
                "monitoring.labels.release", "prometheus"));

        // then
        GenericKubernetesResource rules = installation.only("PrometheusRule", "streamforge");
        Map<?, ?> shipped = Serialization.unmarshal(Files.readString(RULES), Map.class);
        assertThat(Tree.of(rules).member("spec").value()).isEqualTo(shipped);
        assertThat(Objects.requireNonNull(rules.getMetadata().getLabels())).containsEntry("release", "prometheus");
        for (String dashboard : dashboards(SHIPPED.resolve("grafana"))) {
            String name = dashboard.replace(".json", "-dashboard");
            assertThat(Tree.of(installation.only("ConfigMap", name))
                            .at("data", dashboard)
                            .text()
                            .strip())
                    .isEqualTo(Files.readString(SHIPPED.resolve("grafana").resolve(dashboard))
                            .strip());
        }
    }
}
