package io.streamforge.queue.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.testing.MemoryApiServer;
import io.streamforge.queue.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** queue-manager over fakes, with the resources on an API server in memory. */
class WorkflowControllerIT {

    private static final String YAML = """
            apiVersion: streamforge.io/v1
            kind: Workflow
            metadata: {name: orders}
            spec:
              source: {connector: numbers, options: {count: 100, password: hush-hush}}
              sinks: [{connector: numbers}]
            """;

    /** How fabric8 is told where the API server is, besides by files of the environment. */
    private static final String MASTER = "kubernetes.master";

    @TempDir
    static Path directory;

    private static KubernetesMockServer apiServer;
    private static KubernetesClient client;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        apiServer = MemoryApiServer.start();
        client = apiServer.createClient();
        client.resource(Serialization.unmarshal(WorkflowCrd.definition().toString(), CustomResourceDefinition.class))
                .create();
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        System.setProperty(MASTER, client.getMasterUrl().toString());
        server = new TestServer(
                directory,
                Map.of(
                        "streamforge.kubernetes.workflows",
                        "true",
                        "streamforge.kubernetes.namespace",
                        client.getNamespace(),
                        "streamforge.times.stop",
                        "1s"),
                made -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
        System.clearProperty(MASTER);
        client.close();
        apiServer.destroy();
        Awaitility.reset();
    }

    @Test
    void shouldCountRequestsToTheApiServer() {
        assertThat(server.get("/actuator/prometheus").body())
                .contains("streamforge_kubernetes_requests_total{resource=\"workflows\",verb=\"get\"}");
    }

    @Test
    void shouldRunAWorkflowThatIsApplied() {
        // when
        create(yaml("applied"));

        // then
        await().untilAsserted(() -> assertThat(status("applied").state()).isEqualTo("starting"));
        WorkflowStatus status = status("applied");
        assertThat(status.workflow()).isEqualTo("applied");
        assertThat(status.version()).isEqualTo(1);
        assertThat(status.queueId()).isEqualTo(runs("applied").get(0).queueId());
        assertThat(get("applied").getMetadata().getFinalizers()).containsExactly("streamforge.io/workflow");
        assertThat(server.store.workflow("applied").orElseThrow().spec().toString())
                .doesNotContain("hush-hush");
        assertThat(runs("applied").get(0).origin().actor()).isEqualTo("kubernetes:test/applied");
        await().untilAsserted(() -> assertThat(events("applied")).contains("Accepted", "RunMade"));
    }

    @Test
    void shouldChangeNothingWhenTheSameIsAppliedAgain() {
        // given
        create(yaml("same"));
        await().untilAsserted(() -> assertThat(status("same").state()).isEqualTo("starting"));

        // when: a resource that was touched, and another one, so that its turn is over
        resource("same").edit(found -> {
            found.getMetadata().setAnnotations(Map.of("touched", "yes"));
            return found;
        });
        create(yaml("same-other"));
        await().untilAsserted(() -> assertThat(status("same-other").version()).isEqualTo(1));

        // then
        assertThat(status("same").version()).isEqualTo(1);
        assertThat(runs("same")).hasSize(1);
    }

    @Test
    void shouldStoreAChangedSpecAsTheNextVersionAndRunItNext() {
        // given
        create(yaml("changed"));
        await().untilAsserted(() -> assertThat(status("changed").state()).isEqualTo("starting"));
        String first = status("changed").queueId();

        // when
        edit("changed", Map.of("connector", "numbers", "options", Map.of("count", 200)));
        await().untilAsserted(() -> assertThat(status("changed").version()).isEqualTo(2));
        edit("changed", Map.of("connector", "numbers", "options", Map.of("count", 300)));
        await().untilAsserted(() -> assertThat(status("changed").version()).isEqualTo(3));

        // then: the first goes on, only the newest version waits behind it
        assertThat(status("changed").queueId()).isEqualTo(first);
        assertThat(runs("changed"))
                .extracting(run ->
                        run.origin().workflowVersion() + " " + run.state().label())
                .containsExactlyInAnyOrder("1 starting", "2 stopped", "3 pending");
    }

    @Test
    void shouldSayWhereASpecIsWrongAndWhatWasMeantAndTakeTheCorrectedOne() {
        // given
        create(yaml("wrong").replace("count: 100", "cuont: 100"));

        // then
        await().untilAsserted(() -> assertThat(status("wrong").state()).isEqualTo("invalid"));
        WorkflowStatus status = status("wrong");
        assertThat(status.problems()).first().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("spec.source.options.cuont");
            // spec: · sinks: · - connector · source: · connector: · options: · cuont:
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.column()).isEqualTo(7);
            assertThat(problem.suggestion()).contains("count");
        });
        assertThat(status.condition("Valid").orElseThrow().message()).contains("did you mean 'count'");
        assertThat(runs("wrong")).isEmpty();
        await().untilAsserted(() -> assertThat(events("wrong")).contains("Invalid"));

        // when
        edit("wrong", Map.of("connector", "numbers", "options", Map.of("count", 100)));

        // then
        await().untilAsserted(() -> assertThat(status("wrong").state()).isEqualTo("starting"));
        assertThat(status("wrong").problems()).isEmpty();
    }

    @Test
    void shouldRemoveTheWorkflowAndEndItsRunBeforeTheResourceGoes() {
        // given
        create(yaml("deleted"));
        await().untilAsserted(() -> assertThat(server.launcher.running())
                .anyMatch(task -> task.queueId().contains("deleted")));

        // when
        resource("deleted").delete();

        // then
        await().untilAsserted(() -> assertThat(get("deleted")).isNull());
        assertThat(server.store.workflow("deleted")).isEmpty();
        assertThat(runs("deleted").get(0).state().label()).isEqualTo("stopped");
        assertThat(server.launcher.list())
                .noneMatch(task -> task.queueId().equals(runs("deleted").get(0).queueId()));
    }

    @Test
    void shouldLeaveAloneWhatWasMadeThroughTheApiAndTheOtherWayRound() {
        // given
        server.post(
                "/api/v1/workflows?start=false",
                "name: foreign\nsource: {connector: numbers}\nsinks: [{connector: numbers}]");
        create(yaml("foreign"));
        create(yaml("foreign-other"));

        // then
        await().untilAsserted(() -> assertThat(
                        status("foreign").condition("Valid").orElseThrow().message())
                .contains("was made through the API"));
        await().untilAsserted(
                        () -> assertThat(status("foreign-other").version()).isEqualTo(1));
        assertThat(server.delete("/api/v1/workflows/foreign-other")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("WORKFLOW-OWNED");

        // when
        server.delete("/api/v1/workflows/foreign");

        // then
        await().untilAsserted(() -> assertThat(status("foreign").version()).isEqualTo(1));
    }

    private void create(String yaml) {
        client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .create();
    }

    private void edit(String name, Map<String, Object> source) {
        resource(name).edit(found -> {
            Map<String, Object> spec = Map.of("source", source, "sinks", List.of(Map.of("connector", "numbers")));
            return new GenericKubernetesResourceBuilder(found)
                    .addToAdditionalProperties("spec", spec)
                    .build();
        });
    }

    private Resource<GenericKubernetesResource> resource(String name) {
        return client.genericKubernetesResources(WorkflowCrd.CONTEXT)
                .inNamespace("test")
                .withName(name);
    }

    private GenericKubernetesResource get(String name) {
        return resource(name).get();
    }

    private WorkflowStatus status(String name) {
        return WorkflowResources.status(get(name));
    }

    private static String yaml(String name) {
        return YAML.replace("name: orders", "name: " + name);
    }

    private List<Run> runs(String workflow) {
        return server.store.runs(new RunFilter(workflow, Set.of(), 0, 100)).items();
    }

    private List<String> events(String name) {
        return client.events().v1().events().inNamespace("test").list().getItems().stream()
                .filter(event -> event.getRegarding().getName().equals(name))
                .map(Event::getReason)
                .toList();
    }
}
