package io.streamforge.queue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.queue.store.Write.PutWorkflow;
import io.streamforge.queue.store.jdbc.SqliteStoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFailuresTest {

    @TempDir
    Path directory;

    @Test
    void shouldSayThatTheFileIsNoDatabase() throws IOException {
        Files.writeString(file(), "This is a text file, and not a short one: it fills the header.".repeat(20));

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("is not a SQLite database");
    }

    @Test
    void shouldSayThatTheDatabaseIsDamaged() throws IOException {
        // given
        try (Store store = open()) {
            for (int i = 0; i < 50; i++) {
                store.write(List.of(new PutWorkflow(Samples.workflow("workflow-" + i))));
            }
        }
        byte[] noise = new byte[(int) Files.size(file()) - 1024];
        java.util.Arrays.fill(noise, (byte) 0x5a);
        byte[] bytes = Files.readAllBytes(file());
        System.arraycopy(noise, 0, bytes, 1024, noise.length);
        Files.write(file(), bytes, StandardOpenOption.TRUNCATE_EXISTING);

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the database is damaged; restore a backup");
    }

    @Test
    void shouldRefuseDataOfANewerRelease() throws SQLException {
        // given
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_version VALUES (99, 'from-the-future', '2030-01-01T00:00:00Z')");
        }

        // when, then
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds data of a newer StreamForge (schema version 99, this one knows 2)");
    }

    @Test
    void shouldSayThatAnotherProcessHoldsTheLock() throws SQLException {
        // given
        try (Store store = open();
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            // when, then
            assertThatThrownBy(() -> store.write(List.of(new PutWorkflow(Samples.workflow("orders")))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("locked by another process");
            statement.execute("ROLLBACK");
            store.write(List.of(new PutWorkflow(Samples.workflow("orders"))));
            assertThat(store.workflow("orders")).isPresent();
        }
    }

    @Test
    void shouldSayThatTheFileCannotBeOpened() {
        assertThatThrownBy(() -> new SqliteStoreProvider().open("sqlite:" + directory, Map.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void shouldBeFoundByItsUrl() {
        assertThat(ServiceLoader.load(StoreProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(provider -> provider.accepts("sqlite:" + file())))
                .hasSize(1);
    }

    private Store open() {
        return new SqliteStoreProvider().open("sqlite:" + file(), Map.of());
    }

    private Path file() {
        return directory.resolve("metadata.db");
    }
}
