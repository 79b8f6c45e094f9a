package io.streamforge.queue.store.jdbc;

import io.streamforge.queue.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Brings a database's schema up to date. All that is missing is applied in one transaction and under a lock, so that servers
 * that start together do not get in each other's way and a failure leaves the old version.
 */
final class Migrations {

    /** Resources {@code <dialect>/<name>.sql}; the n-th leads to version n. Only ever added to. */
    private static final List<String> NAMES = List.of("0001-metadata", "0002-remnants");

    private final Dialect dialect;

    Migrations(Dialect dialect) {
        this.dialect = dialect;
    }

    /** @param connection of a pool that rolls back what was not committed */
    void apply(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Session session = new Session(connection);
        dialect.lockForMigration(session);
        session.update("CREATE TABLE IF NOT EXISTS schema_version"
                + " (version INTEGER PRIMARY KEY, name VARCHAR(200) NOT NULL, applied_at VARCHAR(40) NOT NULL)");
        int current = session.query("SELECT COALESCE(MAX(version), 0) FROM schema_version", row -> row.getInt(1))
                .get(0);
        if (current > NAMES.size()) {
            throw new StoreException(dialect.explain(new SQLException(
                    "it holds data of a newer StreamForge (schema version %d, this one knows %d); use that release or newer"
                            .formatted(current, NAMES.size()))));
        }
        for (int version = current + 1; version <= NAMES.size(); version++) {
            apply(session, version, NAMES.get(version - 1));
        }
        connection.commit();
    }

    private void apply(Session session, int version, String name) throws SQLException {
        for (String statement : read(dialect.name() + "/" + name + ".sql").split(";\\s*\n")) {
            if (!statement.isBlank()) {
                session.update(statement);
            }
        }
        session.update(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)",
                version,
                name,
                Instant.now().toString());
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Migrations.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("migration " + resource, e);
        }
    }
}
