package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.SqlDatabase;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Tables of one database that are kept the same in another, as a workflow file has it. */
record Replication(HistoryServer from, SqlDatabase source, HistoryServer to, SqlDatabase target) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** @param options of the source besides where it is, each behind a comma */
    String workflow(String name, String options) {
        return workflow(name, source.url(), options);
    }

    /** @param url by which the source is reached */
    String workflow(String name, String url, String options) {
        return """
                name: %s
                mode: streaming
                source:
                  connector: %s
                  options: {url: "%s", username: "%s", password: "%s", tables: ["%s.*"]%s}
                sinks:
                  - connector: %s
                    options: {url: "%s", username: "%s", password: "%s", table: "{table}", mode: upsert}
                restart: {strategy: fixed-delay, delay: 1s, max_attempts: 60}
                """.formatted(
                        name,
                        from.connector(),
                        url,
                        source.username(),
                        source.password(),
                        from.schema(source),
                        options,
                        to.connector(),
                        target.url(),
                        target.username(),
                        target.password());
    }

    /** A query gives the same in both in the end. */
    void awaitEqual(String query) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() -> assertThat(texts(target, query)).isEqualTo(texts(source, query)));
    }

    private static List<String> texts(SqlDatabase database, String query) {
        return database.query(query).stream().map(String::valueOf).toList();
    }
}
