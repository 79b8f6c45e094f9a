package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A million rows through two queue-managers, while one thing after another is taken away. */
@OnCluster
class FaultsST {

    private static final Logger log = LoggerFactory.getLogger(FaultsST.class);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration ANOTHER_LEADS = Duration.ofSeconds(10);
    private static final Duration API_SERVER_AWAY = Duration.ofSeconds(20);
    private static final int ROWS = 1_000_000;
    private static final int CHUNK = 150_000;

    private static Installation installation;
    private static Api api;

    private final Map<String, Duration> recoveries = new LinkedHashMap<>();
    private final Target target = Target.create();

    @BeforeAll
    static void install() {
        installation = Installation.of("faults", Installation.outside(2));
        api = installation.api();
    }

    @AfterAll
    static void remove() {
        installation.close();
    }

    @Test
    void shouldWriteEveryRowOnceWhateverIsTakenAway() {
        try (Feed feed = new Feed()) {
            // given
            String queueId = api.start("name: faults\n" + feed.source() + target.sinks());
            feed.release(1000);
            await().atMost(LIMIT).until(() -> target.written() == 1000);

            // when
            strike(feed, "the loader's pod is killed", () -> killWorker(queueId, "source"));
            strike(feed, "the sink's pod is killed", () -> killWorker(queueId, "sink"));
            strike(feed, "the sink's Job is deleted by hand", () -> deleteJob(queueId, "sink"));
            strike(feed, "the leading queue-manager is killed", this::killLeader);
            strike(feed, "the API server stands still for 20 s", () -> {
                ApiServer.standStill(API_SERVER_AWAY);
                assertThat(target.written()).as("rows go on meanwhile").isEqualTo(feed.released());
            });
            strike(feed, "workers are evicted from a cordoned node", () -> evict(queueId));
            feed.release(ROWS - feed.released());
            feed.end();

            // then
            JsonNode run = api.completed(queueId, LIMIT);
            log.atInfo().addKeyValue("recoveries", recoveries).log("recovered");
            target.requireExact(ROWS);
            assertThat(run.path("edges").path(0).path("in").asInt()).isEqualTo(ROWS);
            assertThat(run.path("edges").path(0).path("out").asInt()).isEqualTo(ROWS);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(installation.leftovers()).isEmpty());
        }
    }

    /** Strikes while rows are under way; recovered is who has written all that are there. */
    private void strike(Feed feed, String fault, Runnable strike) {
        long before = target.written();
        feed.release(CHUNK);
        await(fault).atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> target.written() > before);
        Instant struck = Instant.now();
        strike.run();
        await(fault)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> target.written() == feed.released());
        recoveries.put(fault, Duration.between(struck, Instant.now()));
    }

    private static void killWorker(String queueId, String vertex) {
        installation
                .running(queueId, vertex)
                .forEach(pod -> installation.kill(pod.getMetadata().getName()));
    }

    private static void deleteJob(String queueId, String vertex) {
        installation
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(installation.namespace())
                .withLabel(Installation.QUEUE_ID, queueId)
                .withLabel(Installation.VERTEX, vertex)
                .delete();
    }

    private void killLeader() {
        String leader = installation.leader();
        Instant killed = Instant.now();
        installation.kill(leader);
        await("another leads")
                .atMost(ANOTHER_LEADS)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    String now = installation.leader();
                    return !now.isEmpty() && !now.equals(leader);
                });
        recoveries.put("another queue-manager leads", Duration.between(killed, Instant.now()));
    }

    private static void evict(String queueId) {
        try (var cordoned = Cordon.of(installation.client())) {
            cordoned.evict(installation.running(queueId, "source"));
            cordoned.evict(installation.running(queueId, "sink"));
            await("the run says so")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> api.get("/api/v1/runs/" + queueId).body().contains("UNSCHEDULABLE"));
        }
    }
}
