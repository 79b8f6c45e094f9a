package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Why its workers do not work is what a run says, seconds after it was posted. */
@OnCluster
class ReasonsST {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String NO_IMAGE = "registry.invalid/streamforge/loader-api:1";
    private static final String QUEUE_MANAGER = Installation.RELEASE + "-queue-manager";

    private static Installation installation;
    private static Api api;
    private static CsvFile file;

    @BeforeAll
    static void install() {
        installation = Installation.of(
                "reasons", Installation.outside(1), Map.of("queueManager.config.workers.images.loader-api", NO_IMAGE));
        api = installation.api();
        file = CsvFile.create(installation, 10);
    }

    @AfterAll
    static void remove() {
        installation.close();
    }

    @Test
    void shouldSayThatTheImageCannotBePulled() {
        try (Feed feed = new Feed()) {
            feed.release(10);
            requireReason("IMAGE-PULL", NO_IMAGE, feed.source());
        }
    }

    @Test
    void shouldSayThatNoNodeTakesThePod() {
        requireReason(
                "UNSCHEDULABLE",
                "node affinity/selector",
                file.source() + "kubernetes: {node_selector: {pool: nowhere}}\n");
    }

    @Test
    void shouldSayThatTheQuotaIsExceeded() {
        // given
        var quota = installation
                .client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("small")
                        .withNamespace(installation.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("requests.cpu", new Quantity("20"))
                        .endSpec()
                        .build());
        quota.create();
        await("quota in force").atMost(LIMIT).until(() -> {
            var status = quota.get().getStatus();
            return status != null && status.getHard() != null;
        });

        // then
        try {
            requireReason("QUOTA-EXCEEDED", "requests.cpu=50", file.source() + "resources: {cpu: \"50\"}\n");
        } finally {
            quota.delete();
        }
    }

    @Test
    void shouldSayWhatQueueManagerMayNotDo() {
        // given
        var role = installation
                .client()
                .rbac()
                .roles()
                .inNamespace(installation.namespace())
                .withName(QUEUE_MANAGER);
        var rules = role.require().getRules();
        role.edit(before -> new RoleBuilder(before)
                .editMatchingRule(rule -> rule.getResources().equals(List.of("jobs")))
                .withVerbs("get", "list", "watch", "delete")
                .endRule()
                .build());
        Rights rights = new Rights(installation);
        await("right taken away").atMost(LIMIT).until(() -> rights.of(QUEUE_MANAGER)
                .contains("batch/jobs: delete,get,list,watch"));

        // then
        try {
            requireReason("FORBIDDEN", "cannot patch resource \"jobs\"", file.source());
        } finally {
            role.edit(before -> new RoleBuilder(before).withRules(rules).build());
        }
    }

    @Test
    void shouldSayThatAWorkerRanOutOfMemory() {
        requireReason("OUT-OF-MEMORY", "24", file.source() + "resources: {memory: 24MiB}\n");
    }

    /** queue-manager sees the file, and the worker has an empty directory in its place. */
    @Test
    void shouldSayWhatAWorkerRefused() throws IOException {
        Path directory = Files.createDirectories(installation.files().resolve("hidden"));
        Files.copy(installation.files().resolve(file.name()), directory.resolve(file.name()));

        requireReason(
                "FILE-NOT-FOUND",
                "/data/hidden",
                new CsvFile("hidden/" + file.name()).source()
                        + "kubernetes: {volumes: [{name: empty, path: /data/hidden}]}\n");
    }

    /** @param workflow all of it but its name and its sinks */
    private static void requireReason(String code, String words, String workflow) {
        String queueId = api.start("name: " + code.toLowerCase(Locale.ROOT) + "\n" + workflow
                + Target.create().sinks());

        JsonNode error = await(code).atMost(SOON).until(() -> api.run(queueId).path("error"), said -> said.path("code")
                .asString("")
                .equals(code));

        assertThat(error.path("message").asString()).contains(words);
        api.post("/api/v1/runs/" + queueId + "/stop", "");
        await("end of " + queueId).atMost(LIMIT).until(() -> Api.ENDED.contains(api.state(queueId)));
        await("nothing is left").atMost(LIMIT).untilAsserted(() -> assertThat(installation.leftovers())
                .isEmpty());
    }
}
