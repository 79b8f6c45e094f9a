package io.streamforge.queue.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.queue.store.jdbc.PostgresqlStoreProvider;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresqlStoreIT extends RunStoreContract {

    private PostgresDatabase database;

    @BeforeEach
    @Override
    void openStore() {
        database = EmbeddedPostgresServer.shared().newDatabase();
        super.openStore();
    }

    @Override
    public Store open() {
        return new PostgresqlStoreProvider()
                .open(
                        database.url().substring("jdbc:".length()),
                        Map.of("username", database.username(), "password", database.password()));
    }

    @Test
    void shouldSayThatNobodyListens() {
        assertThatThrownBy(() -> new PostgresqlStoreProvider()
                        .open("postgresql://localhost:1/metadata?password=in-the-url", Map.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("metadata store postgresql://localhost:1/metadata: cannot be reached")
                .hasMessageNotContaining("in-the-url");
    }
}
