package io.streamforge.loader.ws.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Source;
import io.streamforge.loader.ws.Follower;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FeedServer server = new FeedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldTakeRowsOutOfMessagesAndRejectWhatIsNone() throws Exception {
        // given
        server.unacknowledged.put(1, "{\"type\":\"welcome\"}");
        server.unacknowledged.put(
                2, "{\"data\":[{\"id\":1,\"total\":\"1.50\"},{\"id\":2,\"total\":2.25,\"more\":true}]}");
        server.unacknowledged.put(3, "}{");
        server.unacknowledged.put(4, "{\"data\":{\"id\":3}}");
        server.unacknowledged.put(5, "{\"data\":{\"total\":\"4\"}}");

        // when
        try (Source source = source("/feed", "rows", "/data");
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> position(follower) == 5);

            // then
            assertThat(follower.rows("messages"))
                    .extracting(row -> row.get("id"), row -> row.get("total"))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1L, new BigDecimal("1.50")),
                            org.assertj.core.groups.Tuple.tuple(2L, new BigDecimal("2.25")),
                            org.assertj.core.groups.Tuple.tuple(3L, null));
            assertThat(follower.batches().stream().flatMap(batch -> batch.rejected().stream()))
                    .extracting(row -> new String(row.raw(), java.nio.charset.StandardCharsets.UTF_8))
                    .containsExactly("}{", "{\"data\":{\"total\":\"4\"}}");
            assertThat(server.received.get(0)).isEqualTo("{\"op\":\"subscribe\"}");
        }
    }

    @Test
    void shouldAcknowledgeAMessageWhenItsRowsAreDurableAndNotBefore() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> server.unacknowledged.put(id, "{\"id\":" + id + "}"));

        try (Source source = source("/feed", "ack", "{\"ack\": {/id}}");
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> position(follower) == 100);
            assertThat(server.unacknowledged).hasSize(100);

            follower.acknowledge();

            await().atMost(LIMIT).until(server.unacknowledged::isEmpty);
        }
    }

    @Test
    void shouldGetAgainWhatWasNotAcknowledgedAfterAKill() throws Exception {
        IntStream.rangeClosed(1, 100).forEach(id -> server.unacknowledged.put(id, "{\"id\":" + id + "}"));
        server.closesAfter = 40;
        Map<Integer, String> all = new LinkedHashMap<>(server.unacknowledged);
        Position reached;

        try (Source source = source("/feed", "ack", "{\"ack\": {/id}}");
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> position(follower) >= 40);
            follower.acknowledge();
            reached = last(follower);
        }
        server.closesAfter = Integer.MAX_VALUE;

        try (Source source = source("/feed", "ack", "{\"ack\": {/id}}");
                Follower follower = new Follower(source, Optional.of(reached))) {
            await().atMost(LIMIT).until(() -> {
                if (!follower.batches().isEmpty()) {
                    follower.acknowledge();
                }
                return server.unacknowledged.isEmpty();
            });
            assertThat(follower.rows("messages"))
                    .extracting(row -> ((Long) row.get("id")).intValue())
                    .containsAll(all.keySet().stream().filter(id -> id > 60).toList());
        }
    }

    @Test
    void shouldSayInWordsOfTheFeedThatItIsAlive() throws Exception {
        try (Source source = source("/feed", "ping_message", "{\"op\":\"ping\"}", "heartbeat", "200ms");
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT)
                    .until(() -> server.received.stream()
                                    .filter("{\"op\":\"ping\"}"::equals)
                                    .count()
                            > 2);
            assertThat(follower.failure()).isEmpty();
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void shouldSayWhyItCannotConnectBeforeAnythingStarts() throws Exception {
        try (Source refused = source("/feed", "headers", Map.of("Authorization", "Bearer wrong"));
                Source lost = source("/nowhere")) {
            assertThatThrownBy(refused::discover).isInstanceOfSatisfying(ConnectorException.class, e -> {
                assertThat(e.error().code()).isEqualTo("FEED-REFUSED");
                assertThat(e.error().message()).contains("401").doesNotContain("wrong");
            });
            assertThatThrownBy(lost::discover).hasMessageContaining("404");
        }
        server.close();
        try (Source away = source("/feed")) {
            assertThatThrownBy(away::discover).isInstanceOfSatisfying(ConnectorException.class, e -> assertThat(
                            e.error().code())
                    .isEqualTo("FEED-AWAY"));
        }
    }

    @Test
    void shouldKeepNothingOfAThousandConnections() throws Exception {
        try (Source source = source("/closing", "retry_delay", "1ms", "retry_max_delay", "1ms");
                Follower follower = new Follower(source, Optional.empty())) {
            await().atMost(LIMIT).until(() -> server.connections.get() > 50);
            long files = openFiles();
            int threads = Thread.activeCount();
            long memory = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

            await().atMost(LIMIT)
                    .until(() -> server.connections.get() > 1_050
                            || follower.failure().isPresent());

            assertThat(follower.failure()).isEmpty();
            await().atMost(LIMIT).until(() -> openFiles() < files + 50);
            assertThat(Thread.activeCount()).isLessThan(threads + 10);
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
                    .isLessThan(memory + (64 << 20));
            assertThat(source.measures().get("feed_connected")).isBetween(0L, 1L);
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private Source source(String path, Object... more) throws ConnectorException {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("url", server.url(path));
        options.put("headers", Map.of("Authorization", "Bearer open sesame"));
        options.put("subscribe", List.of("{\"op\":\"subscribe\"}"));
        options.put("columns", columns());
        options.put("key", List.of("id"));
        options.put("retry_delay", "20ms");
        options.put("retry_max_delay", "100ms");
        for (int i = 0; i < more.length; i += 2) {
            options.put((String) more[i], more[i + 1]);
        }
        return Follower.source(new WebSocketConnector(), options);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "INT64");
        columns.put("total", "DECIMAL(12,2)");
        return columns;
    }

    private static long position(Follower follower) {
        return follower.batches().isEmpty()
                ? 0
                : last(follower).number("messages").orElseThrow();
    }

    private static Position last(Follower follower) {
        List<RecordBatch> batches = follower.batches();
        return batches.get(batches.size() - 1).position();
    }
}
