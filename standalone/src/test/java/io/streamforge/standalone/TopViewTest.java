package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TopViewTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final JsonNode SYSTEM = Json.MAPPER.readTree("""
            {"runs": {"pending": 1, "running": 1}, "workers": 2, "broker": "up", "heap_used": 104857600, "heap_max": 805306368}
            """);

    private final TopView view = new TopView(URI.create("http://127.0.0.1:8080"));

    private static JsonNode runs(long written) {
        return Json.MAPPER.readTree("""
                [
                  {"queue_id": "wf-orders-20260301-a1b2c3", "state": "running", "vertices": [
                    {"name": "source", "worker": "loader-producer", "status": "loading", "attempt": 1, "restarts": 0,
                     "records_read": 1200000, "records_written": 1200000, "records_rejected": 3, "progress_at": "2026-03-01T11:59:58Z"},
                    {"name": "sink", "worker": "sink-connector", "status": "loading", "attempt": 3, "restarts": 2,
                     "records_read": %d, "records_written": %d, "records_rejected": 0, "lag": 41000, "progress_at": "2026-03-01T11:55:00Z"}]},
                  {"queue_id": "wf-crm-20260301-d4e5f6", "state": "pending", "reason": "waits for a place", "vertices": []}
                ]
                """.formatted(written, written));
    }

    @Test
    void shouldShowEachWorkerOfEachRunAndWhatWaits() {
        assertThat(String.join("\n", view.lines(SYSTEM, runs(1_159_000), NOW))).isEqualTo("""
                http://127.0.0.1:8080  runs: 1 pending, 1 running  workers: 2  broker: up  heap: 100 of 768 MiB

                run                        state    vertex  worker           status             attempt  restarts       rows  rows/s  rejected     lag  age
                wf-orders-20260301-a1b2c3  running  source  loader-producer  loading                  1         0  1,200,000       -         3       -  2s
                wf-orders-20260301-a1b2c3  running  sink    sink-connector   loading                  3         2  1,159,000       -         0  41,000  5m
                wf-crm-20260301-d4e5f6     pending                           waits for a place        -         -          -       -         -       -  -\
                """);
    }

    @Test
    void shouldTellRatesSinceTheLookBefore() {
        view.lines(SYSTEM, runs(1_000_000), NOW);

        List<String> lines = view.lines(SYSTEM, runs(1_025_000), NOW.plusMillis(500));

        assertThat(lines.get(4)).contains("1,025,000  50,000");
        assertThat(lines.get(3)).contains("1,200,000       0");
    }

    @Test
    void shouldSayThatNothingIsUnderWay() {
        assertThat(view.lines(Json.MAPPER.readTree("{\"broker\": \"no answer\"}"), Json.MAPPER.readTree("[]"), NOW))
                .containsExactly(
                        "http://127.0.0.1:8080  runs: none  workers: 0  broker: no answer  heap: 0 of 0 MiB",
                        "",
                        "no run is under way");
    }
}
