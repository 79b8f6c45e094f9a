package io.streamforge.queue.store;

import io.streamforge.queue.store.jdbc.PostgresqlStoreProvider;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

class PostgresqlStoreIT extends RunStoreContract {

    private PostgresDatabase database;

    @BeforeEach
    @Override
    void openStore() {
        database = EmbeddedPostgresServer.shared().newDatabase();
        super.openStore();
    }

    @Override
    Store open() {
        return new PostgresqlStoreProvider()
                .open(
                        database.url().substring("jdbc:".length()),
                        Map.of("username", database.username(), "password", database.password()));
    }
}
