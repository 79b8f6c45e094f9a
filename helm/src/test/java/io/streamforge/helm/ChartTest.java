package io.streamforge.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {

    private static final Map<String, Object> EXTERNAL = Map.of(
            "kafka.bootstrapServers",
            "kafka-0.example:9093",
            "kafka.properties.security\\.protocol",
            "SASL_SSL",
            "kafka.existingSecret",
            "kafka-client",
            "store.url",
            "postgresql://db.example:5432/streamforge",
            "store.existingSecret",
            "store",
            "queueManager.replicas",
            2);

    @Test
    void shouldPassLint() {
        LintResult result = new Helm(Installation.CHART).lint().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoBroker() {
        assertThatThrownBy(() -> Installation.of(Map.of()))
                .hasMessageContaining("name a Kafka cluster, or set embedded.enabled=true");
    }

    @Test
    void shouldRefuseReplicasThatWouldShareAFile() {
        assertThatThrownBy(() -> Installation.of(Map.of("embedded.enabled", true, "queueManager.replicas", 2)))
                .hasMessageContaining("queueManager.replicas above 1 needs store.url");
    }

    @ParameterizedTest
    @CsvSource({
        "queueManager.replica, 2",
        "image.pullPolicy, Sometimes",
        "store.url, mysql://db:3306/x",
        "workers.memory, much",
        "kafka.bootstrapServers, kafka"
    })
    void shouldRefuseValuesThatAreNoneOfTheCharts(String name, String value) {
        assertThatThrownBy(() -> Installation.of(Map.of("embedded.enabled", true, name, value)))
                .hasMessageContaining("schema");
    }

    @Test
    void shouldRunTheBrokerUnderTheNameItAdvertises() {
        Installation installation = Installation.embedded();
        Tree pod = installation.pods().get("streamforge-broker");

        assertThat(config(installation).member("broker").text()).isEqualTo("streamforge-broker.streamforge.svc:9092");
        assertThat(pod.member("containers").items().get(0).member("env").text())
                .contains("name=STREAMFORGE_BROKER_ADVERTISED_HOST, value=streamforge-broker.streamforge.svc}");
        assertThat(pod.member("hostAliases").text()).contains("streamforge-broker.streamforge.svc");
        assertThat(installation.only("Service", "streamforge-broker")).isNotNull();
    }

    @Test
    void shouldRunNoBrokerBesideAnotherOne() {
        Installation installation = Installation.of(EXTERNAL);

        assertThat(installation.kind("StatefulSet")).isEmpty();
        assertThat(installation.kind("PersistentVolumeClaim")).isEmpty();
        assertThat(installation.kind("PodDisruptionBudget")).hasSize(1);
        assertThat(config(installation).member("broker").text()).isEqualTo("kafka-0.example:9093");
        assertThat(config(installation).at("kafka", "[security.protocol]").text())
                .isEqualTo("SASL_SSL");
    }

    @Test
    void shouldLeadTheSimulatedExchangeToKafkaToo() {
        Map<String, Object> values = new HashMap<>(EXTERNAL);
        values.put("dummyService.enabled", true);

        String environment = Installation.of(values)
                .pods()
                .get("streamforge-dummy-service")
                .member("containers")
                .items()
                .get(0)
                .member("env")
                .text();

        assertThat(environment)
                .contains("name=STREAMFORGE_BROKER, value=kafka-0.example:9093")
                .contains("name=STREAMFORGE_KAFKA_SECURITY_PROTOCOL, value=SASL_SSL")
                .contains("STREAMFORGE_KAFKA_SASL_JAAS_CONFIG, valueFrom={secretKeyRef={name=kafka-client");
    }

    @Test
    void shouldTakeCredentialsFromSecretsOnly() {
        Installation installation = Installation.of(EXTERNAL);
        String environment = installation
                .pods()
                .get("streamforge-queue-manager")
                .member("containers")
                .items()
                .get(0)
                .member("env")
                .text();

        assertThat(environment)
                .contains("STREAMFORGE_KAFKA_SASL_JAAS_CONFIG, valueFrom={secretKeyRef={name=kafka-client")
                .contains("STREAMFORGE_STORE_PROPERTIES_PASSWORD, valueFrom={secretKeyRef={name=store")
                .contains("STREAMFORGE_ADMINTOKEN, valueFrom={secretKeyRef={name=streamforge-admin-token");
        assertThat(config(installation).text().toLowerCase(Locale.ROOT)).doesNotContain("password", "jaas");
    }

    @Test
    void shouldKeepDataWhenTheReleaseIsRemoved() {
        Installation installation = Installation.embedded();

        assertThat(annotations(installation.only("PersistentVolumeClaim", "streamforge-queue-manager")))
                .containsEntry("helm.sh/resource-policy", "keep");
        assertThat(annotations(installation.only("Secret", "streamforge-workflow-secrets")))
                .containsEntry("helm.sh/resource-policy", "keep");
    }

    @Test
    void shouldGiveWorkersWhatTheirPodsNeed() {
        Installation installation = Installation.of(Map.of(
                "embedded.enabled", true,
                "image.pullSecrets[0]", "registry",
                "workers.podTemplate.spec.nodeSelector.pool", "workers",
                "workers.files.existingClaim", "files"));
        Tree template = Tree.yaml(
                config(installation).at("kubernetes", "pods", "template").text());

        assertThat(template.at("spec", "nodeSelector", "pool").text()).isEqualTo("workers");
        assertThat(template.at("spec", "imagePullSecrets").text()).isEqualTo("[{name=registry}]");
        assertThat(template.at("spec", "volumes").text()).contains("claimName=files");
        assertThat(template.at("spec", "containers").text()).contains("mountPath=/data");
    }

    @Test
    void shouldKeepKeysAndPlaceholdersOfTemplateDefaults() {
        Installation installation = Installation.of(Map.of(
                "embedded.enabled", true,
                "dummyService.enabled", true,
                "queueManager.templateDefaults.target.options.table", "${collection_name}"));

        assertThat(config(installation)
                        .at("template-defaults", "[target]", "[options]", "[table]")
                        .text())
                .isEqualTo("\\${collection_name}");
        assertThat(config(installation).at("template-defaults", "[base_url]").text())
                .isEqualTo("http://streamforge-dummy-service.streamforge.svc:8190");
    }

    @Test
    void shouldBeMonitoredWhereItIsAskedFor() {
        Installation installation = Installation.of(Map.of("embedded.enabled", true, "monitoring.use", "always"));

        assertThat(installation.kind("PodMonitor")).hasSize(1);
        assertThat(installation
                        .only("ServiceMonitor", "streamforge-queue-manager")
                        .toString())
                .contains("streamforge-admin-token");
        assertThat(Installation.embedded().kind("ServiceMonitor")).isEmpty();
    }

    @Test
    void shouldBeReachedByAnIngressOrAGateway() {
        Installation installation = Installation.of(Map.of(
                "embedded.enabled", true,
                "ingress.enabled", true,
                "ingress.host", "streamforge.example",
                "httpRoute.enabled", true,
                "httpRoute.parentRefs[0].name", "public"));

        assertThat(installation.kind("Ingress")).hasSize(1);
        assertThat(installation.kind("HTTPRoute")).hasSize(1);
    }

    @Test
    void shouldMakeObjectsThatKubernetesKnows() {
        for (GenericKubernetesResource object : all()) {
            assertThat(KnownObjects.problems(object))
                    .as(object.getKind() + " " + Tree.name(object))
                    .isEmpty();
        }
    }

    private static List<GenericKubernetesResource> all() {
        List<GenericKubernetesResource> objects =
                new ArrayList<>(Installation.embedded().objects());
        objects.addAll(Installation.of(EXTERNAL).objects());
        return objects;
    }

    private static Map<String, String> annotations(GenericKubernetesResource object) {
        return object.getMetadata().getAnnotations();
    }

    private static Tree config(Installation installation) {
        Tree map = Tree.of(installation.only("ConfigMap", "streamforge-queue-manager"));
        return Tree.yaml(map.at("data", "application.yaml").text()).member("streamforge");
    }
}
