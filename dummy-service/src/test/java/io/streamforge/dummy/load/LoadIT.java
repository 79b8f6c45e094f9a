package io.streamforge.dummy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.dummy.TestService;
import io.streamforge.dummy.load.LoadReport.State;
import io.streamforge.messages.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class LoadIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path DOCS = Path.of("..", "docs", "dummy-service.md");

    @TempDir
    Path directory;

    @Test
    void shouldWriteRowsAtTheRateThatWasOrdered() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory));
                TestService service = TestService.start(Map.of("STREAMFORGE_BROKER", broker.bootstrapServers()));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // given
            admin.createTopics(Set.of(new NewTopic("load-rows", 1, (short) 1)))
                    .all()
                    .get();

            // when
            assertThat(service.post("/load", documented("\"rows\"")).statusCode())
                    .isEqualTo(200);
            assertThat(service.post("/load", documented("\"rows\"")).statusCode())
                    .as("one at a time")
                    .isEqualTo(409);
            LoadReport report = done(service);

            // then
            assertThat(report.pieces()).isEqualTo(5_000);
            assertThat(report.done()).isEqualTo(5_000);
            assertThat(report.failures()).isEmpty();
            assertThat(report.perSecond()).isPositive().isLessThan(2_700);
            TopicPartition partition = new TopicPartition("load-rows", 0);
            assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset())
                    .isEqualTo(5_000);
        }
    }

    @Test
    void shouldPostWorkflowsWhenTheirTimeHasComeThoughOthersWait() throws Exception {
        Queue<String> posted = new ConcurrentLinkedQueue<>();
        AtomicInteger number = new AtomicInteger();
        DisposableServer queueManager = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post("/api/v1/workflows", (request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .doOnNext(posted::add)
                        .then(Mono.delay(Duration.ofMillis(400)))
                        .flatMap(waited -> response.status(number.incrementAndGet() % 10 == 0 ? 503 : 201)
                                .send()
                                .then())))
                .bindNow();
        try (TestService service = TestService.start(Map.of())) {
            // when
            String order = documented("\"workflows\"")
                    .replace("http://localhost:8080", "http://127.0.0.1:" + queueManager.port());
            assertThat(service.post("/load", order).statusCode()).isEqualTo(200);
            LoadReport report = done(service);

            // then
            assertThat(report.begun()).isEqualTo(100);
            assertThat(report.done()).isEqualTo(90);
            assertThat(report.failures()).containsExactly(Map.entry("HTTP 503", 10L));
            assertThat(report.latencyMillis().p50()).isGreaterThanOrEqualTo(390);
            assertThat(report.perSecond()).as("others were not waited for").isGreaterThan(10);
            assertThat(posted).hasSize(100).doesNotHaveDuplicates().allMatch(text -> text.contains("name: load-"));
        } finally {
            queueManager.disposeNow();
        }
    }

    @Test
    void shouldStopWhenItIsToldToAndRefuseWhatItCannotDo() throws Exception {
        try (TestService service = TestService.start(Map.of())) {
            assertThat(service.get("/load").statusCode()).isEqualTo(404);
            for (String wrong : List.of(
                    "{}",
                    "no JSON",
                    "{\"per_second\":1,\"seconds\":1}",
                    "{\"per_second\":-1,\"seconds\":1,\"rows\":{\"topic\":\"x\"}}",
                    "{\"per_second\":1,\"seconds\":1,\"rows\":{\"topic\":\"x\"}}",
                    "{\"per_second\":1,\"seconds\":1,\"workflows\":{\"url\":\"http://localhost\",\"definition\":\"x\"}}")) {
                assertThat(service.post("/load", wrong).statusCode()).as(wrong).isEqualTo(400);
            }

            String endless = "{\"per_second\":1,\"seconds\":3600,\"workflows\":"
                    + "{\"url\":\"http://127.0.0.1:1\",\"definition\":\"{n}\"}}";
            assertThat(service.post("/load", endless).statusCode()).isEqualTo(200);
            assertThat(service.delete("/load").statusCode()).isEqualTo(200);

            await().atMost(LIMIT).until(() -> report(service).state() == State.STOPPED);
        }
    }

    private static LoadReport done(TestService service) {
        await().atMost(LIMIT).until(() -> report(service).state() == State.DONE);
        return report(service);
    }

    private static LoadReport report(TestService service) {
        try {
            return Json.MAPPER.readValue(service.get("/load").body(), LoadReport.class);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The order in the documentation that has a word. */
    private static String documented(String word) throws Exception {
        for (String block : Files.readString(DOCS).split("```")) {
            if (block.startsWith("json") && block.contains(word)) {
                return block.substring("json".length());
            }
        }
        throw new AssertionError("no order with " + word + " in " + DOCS);
    }
}
