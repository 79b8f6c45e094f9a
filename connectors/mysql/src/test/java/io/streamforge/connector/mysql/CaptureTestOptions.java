package io.streamforge.connector.mysql;

import io.streamforge.testing.MySqlDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Options of captures under test. */
final class CaptureTestOptions {

    private CaptureTestOptions() {}

    static Map<String, Object> of(MySqlDatabase database, String... tables) {
        Map<String, Object> options = new TreeMap<>();
        options.put("url", database.url());
        options.put("username", database.username());
        options.put("password", database.password());
        options.put("tables", List.of(tables));
        options.put("heartbeat", "500ms");
        return options;
    }

    static Map<String, Object> with(Map<String, Object> options, String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(options);
        changed.put(name, value);
        return changed;
    }

    /** The first batch tells a position: from there on all changes are seen. */
    static void awaitStreaming(CapturedRows captured) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !captured.batches().isEmpty());
    }
}
