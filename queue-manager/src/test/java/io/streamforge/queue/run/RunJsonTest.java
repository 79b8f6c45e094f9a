package io.streamforge.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Json;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunJsonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456789Z");
    private static final ErrorInfo ERROR =
            new ErrorInfo("JDBC-CONNECTION", ErrorInfo.Category.CONNECTION, "connection refused", null, null);

    @Test
    void shouldReadBackAPendingRun() {
        // given
        Run run = Run.pending(
                "wf-orders-20260301-a1b2c3",
                new Origin(
                        "orders",
                        1,
                        Map.of("name", "orders"),
                        Subject.NONE,
                        Task.From.LAST,
                        0,
                        new Terms(
                                2,
                                true,
                                new RestartPolicy.None(),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(10),
                                Duration.ofDays(7),
                                0),
                        "admin",
                        NOW));

        // when
        Run read = Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(run), Run.class);

        // then
        assertThat(read).isEqualTo(run);
    }

    @ParameterizedTest
    @MethodSource("states")
    void shouldReadBackEveryState(RunState state) {
        String json = Json.MAPPER.writeValueAsString(state);

        assertThat(Json.MAPPER.readValue(json, RunState.class)).isEqualTo(state);
        assertThat(Json.MAPPER.readTree(json).path("name").asString()).isEqualTo(state.label());
    }

    static List<RunState> states() {
        return List.of(
                new RunState.Pending(NOW, "20 runs are running"),
                new RunState.Scheduled(NOW),
                new RunState.Starting(NOW, Restarts.NONE.failed(NOW), NOW),
                new RunState.Running(NOW),
                new RunState.Paused(NOW),
                new RunState.Draining(NOW),
                new RunState.Completed(NOW),
                new RunState.Failed(NOW, ERROR),
                new RunState.Stopped(NOW));
    }
}
