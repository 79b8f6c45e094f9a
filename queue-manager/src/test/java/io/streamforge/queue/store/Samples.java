package io.streamforge.queue.store;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.queue.run.Cleanup;
import io.streamforge.queue.run.Desired;
import io.streamforge.queue.run.Edge;
import io.streamforge.queue.run.EdgeAccount;
import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Origin;
import io.streamforge.queue.run.RestartPolicy;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.Terms;
import io.streamforge.queue.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents to store. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456789Z");

    private static final Subject SUBJECT =
            new Subject("BTCUSDT", "api_candles_5m", "2024-08-01:2024-08-02", "btcusdt_api_candles_5m_2024_08_01");

    private Samples() {}

    static Workflow workflow(String name) {
        return workflow(name, NOW, NOW);
    }

    static Workflow workflow(String name, Instant createdAt, Instant updatedAt) {
        Map<String, Object> spec = Map.of(
                "name", name, "sinks", List.of(Map.of("connector", "postgresql", "options", Map.of("key", "id"))));
        return new Workflow(name, 1, spec, SUBJECT, createdAt, updatedAt);
    }

    static Run run(String queueId, String workflow, Instant createdAt) {
        return Run.pending(
                queueId,
                new Origin(
                        workflow,
                        1,
                        Map.of("name", workflow, "quoted", "'\"\\ \n ü €"),
                        SUBJECT,
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
                        createdAt));
    }

    static Run fullRun(String queueId) {
        Run run = run(queueId, "orders", NOW);
        ErrorInfo error = new ErrorInfo(
                "JDBC-CONNECTION",
                ErrorInfo.Category.CONNECTION,
                "connection refused",
                "sinks[0].options.url",
                "start it");
        return new Run(
                queueId,
                1,
                run.origin(),
                new Desired(Desired.Goal.STOPPED, NOW, "admin"),
                new RunState.Failed(NOW, error),
                List.of(),
                List.of(new Edge(
                        "data",
                        List.of("source"),
                        List.of("sink"),
                        queueId + "-data",
                        2,
                        null,
                        7,
                        Map.of(0, 5_000_000_000L, 1, 3L))),
                List.of(new EdgeAccount("source", "sink", 1000, 990, 7, 3, 0)),
                new Cleanup(true, true, false, false),
                error,
                12,
                NOW.plusNanos(1));
    }

    /** The run one version on, in another state. */
    static Run moved(Run run, RunState state) {
        return with(run, run.version() + 1, state);
    }

    /** The run in another state. */
    static Run in(Run run, RunState state) {
        return with(run, run.version(), state);
    }

    private static Run with(Run run, long version, RunState state) {
        return new Run(
                run.queueId(),
                version,
                run.origin(),
                run.desired(),
                state,
                run.vertices(),
                run.edges(),
                run.account(),
                run.cleanup(),
                run.error(),
                run.historySize(),
                run.dueAt());
    }

    /** The run, due at another time. */
    static Run due(Run run, @Nullable Instant at) {
        return new Run(
                run.queueId(),
                run.version(),
                run.origin(),
                run.desired(),
                run.state(),
                run.vertices(),
                run.edges(),
                run.account(),
                run.cleanup(),
                run.error(),
                run.historySize(),
                at);
    }

    static HistoryEntry history(String queueId, long number) {
        return new HistoryEntry(
                queueId,
                number,
                NOW.plusMillis(number),
                HistoryEntry.Kind.RUN,
                null,
                "pending",
                "scheduled",
                "admitted",
                "queue-manager",
                null);
    }

    static AuditEntry audit(String action) {
        return new AuditEntry(0, NOW, "admin", action, "orders", Map.of("version", 1, "nested", List.of("a")));
    }

    static IdempotentReply reply(String key) {
        return new IdempotentReply(key, "9f86d081", 201, "/api/v1/workflows/orders", "{\"name\":\"orders\"}", NOW);
    }

    static RegisteredSchema schema(int id, String subject, int version, String schema) {
        return new RegisteredSchema(id, subject, version, schema);
    }
}
