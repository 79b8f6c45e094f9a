package io.streamforge.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code streamforge top} shows: a line about the server, and a table with a row for each worker of each run. Rates are those
 * since the look before.
 */
final class TopView {

    private static final List<String> HEADER = List.of(
            "run",
            "state",
            "vertex",
            "worker",
            "status",
            "attempt",
            "restarts",
            "rows",
            "rows/s",
            "rejected",
            "lag",
            "age");
    private static final long MEBI = 1L << 20;
    private static final double MILLIS = 1000;

    private final URI server;
    private final Map<String, Long> rowsBefore = new HashMap<>();
    private @Nullable Instant before;

    TopView(URI server) {
        this.server = server;
    }

    /**
     * @param system answer of {@code /api/v1/metrics/system}
     * @param runs those that are under way, as the API tells them
     */
    List<String> lines(JsonNode system, JsonNode runs, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode run : runs) {
            rows.addAll(rows(run, now));
        }
        before = now;
        List<String> lines = new ArrayList<>(List.of(summary(system), ""));
        if (rows.isEmpty()) {
            lines.add("no run is under way");
        } else {
            lines.addAll(table(rows));
        }
        return lines;
    }

    private String summary(JsonNode system) {
        List<String> states = new ArrayList<>();
        system.path("runs")
                .properties()
                .forEach(state -> states.add(state.getValue().asInt() + " " + state.getKey()));
        return "%s  runs: %s  workers: %d  broker: %s  heap: %d of %d MiB"
                .formatted(
                        server,
                        states.isEmpty() ? "none" : String.join(", ", states),
                        system.path("workers").asLong(),
                        system.path("broker").asString(""),
                        system.path("heap_used").asLong() / MEBI,
                        system.path("heap_max").asLong() / MEBI);
    }

    private List<List<String>> rows(JsonNode run, Instant now) {
        String queueId = run.path("queue_id").asString("");
        String state = run.path("state").asString("");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode vertex : run.path("vertices")) {
            rows.add(row(queueId, state, vertex, now));
        }
        if (rows.isEmpty()) {
            rows.add(List.of(
                    queueId, state, "", "", run.path("reason").asString(""), "-", "-", "-", "-", "-", "-", "-"));
        }
        return rows;
    }

    private List<String> row(String queueId, String state, JsonNode vertex, Instant now) {
        String name = vertex.path("name").asString("");
        long rows = Math.max(
                vertex.path("records_read").asLong(),
                vertex.path("records_written").asLong());
        return List.of(
                queueId,
                state,
                name,
                vertex.path("worker").asString(""),
                vertex.path("status").asString(""),
                Output.count(vertex.path("attempt").asLong()),
                Output.count(vertex.path("restarts").asLong()),
                Output.count(rows),
                rate(queueId + "/" + name, rows, now),
                Output.count(vertex.path("records_rejected").asLong()),
                vertex.has("lag") ? Output.count(vertex.path("lag").asLong()) : "-",
                age(vertex.path("progress_at").asString(""), now));
    }

    private String rate(String vertex, long rows, Instant now) {
        Long earlier = rowsBefore.put(vertex, rows);
        Instant then = before;
        if (earlier == null || then == null) {
            return "-";
        }
        double seconds = Math.max(1 / MILLIS, Duration.between(then, now).toMillis() / MILLIS);
        return Output.count(Math.round(Math.max(0, rows - earlier) / seconds));
    }

    /** How long ago the vertex got further: 12s, 3m, 5h. */
    private static String age(String since, Instant now) {
        if (since.isEmpty()) {
            return "-";
        }
        long seconds = Math.max(0, Duration.between(Instant.parse(since), now).toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        return seconds < 7200 ? seconds / 60 + "m" : seconds / 3600 + "h";
    }

    private static List<String> table(List<List<String>> rows) {
        StringWriter text = new StringWriter();
        new Output(new PrintWriter(text)).table(HEADER, rows);
        return text.toString().lines().toList();
    }
}
