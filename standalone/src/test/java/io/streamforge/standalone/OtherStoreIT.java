package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherStoreIT {

    @TempDir
    Path directory;

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();

    @Test
    void shouldKeepItsRecordsWhereItsEnvironmentSays() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("rows.csv"), "id\n1\n2\n");
        Path data = directory.resolve("data");
        Map<String, String> environment = Map.of(
                "STREAMFORGE_STORE_URL", database.url().substring("jdbc:".length()),
                "STREAMFORGE_STORE_PROPERTIES_USERNAME", database.username(),
                "STREAMFORGE_STORE_PROPERTIES_PASSWORD", database.password());

        // when
        String queueId;
        try (TestServer server = TestServer.start(data, environment, "--launcher", "in-process")) {
            queueId = server.post("""
                    name: elsewhere
                    source: {connector: file, options: {path: "%s"}}
                    sinks: [{connector: file, options: {path: "%s"}}]
                    """.formatted(file, directory.resolve("copy.csv")));
            assertThat(server.awaitEnd(queueId, Duration.ofMinutes(1)).state()).isEqualTo("completed");
        }

        // then
        assertThat(database.query("SELECT queue_id, state FROM runs")).containsExactly(List.of(queueId, "completed"));
        assertThat(data.resolve("streamforge.db")).doesNotExist();
        assertThat(Files.readAllLines(directory.resolve("copy.csv"))).containsExactly("id", "1", "2");
    }
}
