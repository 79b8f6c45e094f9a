package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code kubectl apply} on a real cluster, with the server outside of it. */
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "there is no cluster: KUBECONFIG is not set")
class WorkflowResourceST {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path CRD = Path.of("../helm/streamforge/crds/workflows.yaml");
    private static final int ROWS = 20_000;

    @TempDir
    static Path directory;

    private static Kubectl kubectl;
    private static TestServer server;

    @BeforeAll
    static void begin() throws Exception {
        byte[] random = new byte[3];
        new Random().nextBytes(random);
        String namespace = "workflow-" + HexFormat.of().formatHex(random);
        kubectl = new Kubectl(namespace);
        kubectl.require("", "apply", "--server-side", "--filename", CRD.toString());
        kubectl.require("", "wait", "--for", "condition=established", "crd/workflows.streamforge.io");
        Files.writeString(
                directory.resolve("orders.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> i + ",customer-" + i)
                        .collect(Collectors.joining("\n", "id,customer\n", "\n")));
        server = TestServer.start(
                directory.resolve("data"),
                Map.of("STREAMFORGE_KUBERNETES_WORKFLOWS", "true", "STREAMFORGE_KUBERNETES_NAMESPACE", namespace));
    }

    @AfterAll
    static void end() throws Exception {
        kubectl.require("", "delete", "workflows", "--all", "--timeout=60s");
        kubectl.close();
        server.close();
    }

    private static String workflow(String name, String source) {
        return """
                apiVersion: streamforge.io/v1
                kind: Workflow
                metadata:
                  name: %s
                spec:
                  source: %s
                  sinks:
                  - connector: sqlite
                    options: {url: "jdbc:sqlite:%s/%s.db", table: orders, mode: insert}
                """.formatted(name, source, directory, name);
    }

    private static String csv() {
        return "{connector: file, options: {path: %s/orders.csv}}".formatted(directory);
    }

    private static String apply(String workflow) throws IOException, InterruptedException {
        return kubectl.require(workflow, "apply", "--filename", "-");
    }

    private static JsonNode status(String name) throws IOException, InterruptedException {
        return kubectl.get("workflow", name).path("status");
    }

    private static void awaitState(String name, String state, int version) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(status(name).path("state").asString()).isEqualTo(state);
            assertThat(status(name).path("version").asInt()).isEqualTo(version);
        });
    }

    @Test
    void shouldRunWhatIsAppliedOnceAndAChangedSpecAsTheNextVersion() throws Exception {
        // when
        String first = apply(workflow("orders", csv()));

        // then
        assertThat(first).contains("workflow.streamforge.io/orders created");
        awaitState("orders", "completed", 1);
        assertThat(kubectl.require("", "get", "workflows"))
                .containsPattern("NAME +STATE +ROWS +LAG +AGE")
                .containsPattern("orders +completed +" + ROWS + " +0 ");
        String run = status("orders").path("queueId").asString();
        assertThat(server.run(run).state()).isEqualTo("completed");
        await().atMost(SOON).untilAsserted(() -> assertThat(kubectl.require("", "describe", "workflow", "orders"))
                .contains("Accepted", "Completed", "wrote " + ROWS + " rows"));

        // when
        String again = apply(workflow("orders", csv()));
        String annotated = kubectl.require("", "annotate", "workflow", "orders", "touched=yes");

        // then
        assertThat(again).contains("unchanged");
        assertThat(annotated).contains("annotated");

        // when
        String limited = csv().replace("orders.csv", "orders.csv, header: true");
        assertThat(apply(workflow("orders", limited))).contains("configured");

        // then: versions count changes, so what was applied again was none
        awaitState("orders", "completed", 2);
        assertThat(status("orders").path("queueId").asString()).isNotEqualTo(run);
        assertThat(server.api()
                        .get("/api/v1/workflows/orders/runs")
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void shouldSayWhereASpecIsWrongAndWhatWasMeant() throws Exception {
        apply(workflow("wrong", csv().replace("path:", "pth:")));

        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(
                        status("wrong").path("state").asString())
                .isEqualTo("invalid"));
        String yaml = kubectl.require("", "get", "workflow", "wrong", "--output", "yaml");
        String spec = yaml.substring(yaml.indexOf("\nspec:\n") + 1);
        JsonNode problem = problem("wrong", "spec.source.options.pth");
        String line =
                spec.lines().skip(problem.path("line").asInt() - 1).findFirst().orElseThrow();
        assertThat(line.substring(problem.path("column").asInt() - 1)).startsWith("pth:");
        assertThat(problem.path("suggestion").asString()).contains("did you mean 'path'");
        assertThat(kubectl.require("", "get", "workflow", "wrong", "--output", "wide"))
                .contains("invalid");
    }

    private static JsonNode problem(String name, String path) throws IOException, InterruptedException {
        for (JsonNode problem : status(name).path("problems")) {
            if (problem.path("path").asString().equals(path)) {
                return problem;
            }
        }
        throw new AssertionError("no problem at " + path + ": " + status(name));
    }

    @Test
    void shouldRefuseWhatTheSchemaDoesNotAllow() throws Exception {
        Kubectl.Answer answer =
                kubectl.run(workflow("refused", csv()).replace("sinks:", "sink:"), "apply", "--filename", "-");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.text()).contains("give source and sinks, or a template with its parameters");
    }

    @Test
    void shouldRemoveTheWorkflowWithItsResource() throws Exception {
        // given
        apply(workflow("deleted", csv()));
        awaitState("deleted", "completed", 1);
        assertThat(kubectl.get("workflow", "deleted")
                        .path("metadata")
                        .path("finalizers")
                        .path(0)
                        .asString())
                .isEqualTo("streamforge.io/workflow");

        // when
        kubectl.require("", "delete", "workflow", "deleted", "--timeout=60s");

        // then
        assertThat(kubectl.run("", "get", "workflow", "deleted").text()).contains("NotFound");
        assertThat(server.api().get("/api/v1/workflows").toString()).doesNotContain("\"deleted\"");
    }
}
