package io.streamforge.queue.store.jdbc;

import static io.streamforge.queue.store.jdbc.Documents.nanos;
import static io.streamforge.queue.store.jdbc.Documents.parse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.Page;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.WorkflowFilter;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.Workflow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store on SQL that SQLite and PostgreSQL both speak. */
final class JdbcStore implements Store {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    private final HikariDataSource database;
    private final Dialect dialect;
    private final GroupCommit writes;

    private JdbcStore(HikariDataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
        writes = new GroupCommit(database, dialect);
    }

    /** Connects and brings the schema up to date; leaves nothing open when that fails. */
    static JdbcStore open(HikariConfig pool, Dialect dialect) {
        HikariDataSource database = connect(pool, dialect);
        try (Connection connection = database.getConnection()) {
            new Migrations(dialect).apply(connection);
            return new JdbcStore(database, dialect);
        } catch (SQLException e) {
            database.close();
            throw new StoreException(dialect.explain(e), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static HikariDataSource connect(HikariConfig pool, Dialect dialect) {
        pool.setPoolName("metadata");
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        try {
            return new HikariDataSource(pool);
        } catch (PoolInitializationException e) {
            SQLException cause = e.getCause() instanceof SQLException refused ? refused : new SQLException(e);
            throw new StoreException(dialect.explain(cause), e);
        }
    }

    @Override
    public void write(List<Write> changes) {
        writes.write(changes);
    }

    @Override
    public Optional<Workflow> workflow(String name) {
        return read(session -> session.first(
                "SELECT document FROM workflows WHERE name = ?", row -> parse(row.getString(1), Workflow.class), name));
    }

    @Override
    public Page<Workflow> workflows(WorkflowFilter filter) {
        String column =
                switch (filter.sort()) {
                    case NAME -> "name";
                    case CREATED_AT -> "created_at";
                    case UPDATED_AT -> "updated_at";
                };
        String direction = filter.descending() ? "DESC" : "ASC";
        Conditions conditions = new Conditions();
        if (!filter.contains().isEmpty()) {
            conditions.add("search_name LIKE ? ESCAPE '\\'", like(filter.contains()));
        }
        return page(
                Workflow.class,
                "workflows",
                conditions,
                column + " " + direction + ", name " + direction,
                filter.offset(),
                filter.limit());
    }

    @Override
    public Optional<Run> run(String queueId) {
        return read(session -> session.first(
                "SELECT document FROM runs WHERE queue_id = ?", row -> parse(row.getString(1), Run.class), queueId));
    }

    @Override
    public Page<Run> runs(RunFilter filter) {
        Conditions conditions = new Conditions();
        if (filter.workflow() != null) {
            conditions.add("workflow = ?", filter.workflow());
        }
        if (!filter.states().isEmpty()) {
            conditions.addStates(filter.states());
        }
        return page(Run.class, "runs", conditions, "created_at DESC, queue_id DESC", filter.offset(), filter.limit());
    }

    @Override
    public Map<String, Long> versions(Set<String> states) {
        Conditions conditions = new Conditions();
        conditions.addStates(states);
        Map<String, Long> versions = new HashMap<>();
        read(session -> session.query(
                "SELECT queue_id, version FROM runs" + conditions.sql(),
                row -> versions.put(row.getString(1), row.getLong(2)),
                conditions.parameters()));
        return versions;
    }

    @Override
    public List<Run> due(Instant now, int limit) {
        return read(session -> session.query(
                "SELECT document FROM runs WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, queue_id LIMIT ?",
                row -> parse(row.getString(1), Run.class),
                nanos(now),
                limit));
    }

    @Override
    public List<HistoryEntry> history(String queueId, long after, int limit) {
        return read(session -> session.query(
                "SELECT document FROM history WHERE queue_id = ? AND number > ? ORDER BY number LIMIT ?",
                row -> parse(row.getString(1), HistoryEntry.class),
                queueId,
                after,
                limit));
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        return read(session -> session.query(
                "SELECT id, document FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
                row -> numbered(row.getLong(1), parse(row.getString(2), AuditEntry.class)),
                before,
                limit));
    }

    @Override
    public Optional<IdempotentReply> reply(String key) {
        return read(session -> session.first(
                "SELECT document FROM replies WHERE idempotency_key = ?",
                row -> parse(row.getString(1), IdempotentReply.class),
                key));
    }

    @Override
    public List<RegisteredSchema> schemas() {
        return read(session -> session.query(
                "SELECT id, subject, version, schema FROM subjects JOIN schemas ON schema_id = id"
                        + " ORDER BY subject, version",
                row -> new RegisteredSchema(row.getInt(1), row.getString(2), row.getInt(3), row.getString(4))));
    }

    @Override
    public List<Remnant> remnants() {
        return read(session -> session.query(
                "SELECT document FROM remnants ORDER BY workflow", row -> parse(row.getString(1), Remnant.class)));
    }

    @Override
    public Map<Integer, Long> offsets(String topic) {
        Map<Integer, Long> offsets = new TreeMap<>();
        read(session -> session.query(
                "SELECT topic_partition, next FROM topic_offsets WHERE topic = ?",
                row -> offsets.put(row.getInt(1), row.getLong(2)),
                topic));
        return offsets;
    }

    @Override
    public void forgetReplies(Instant before) {
        read(session -> session.update("DELETE FROM replies WHERE at < ?", nanos(before)));
    }

    @Override
    public void close() {
        writes.close();
        database.close();
    }

    private <T> Page<T> page(Class<T> type, String table, Conditions conditions, String order, int offset, int limit) {
        return read(session -> {
            long total = session.query(
                            "SELECT COUNT(*) FROM " + table + conditions.sql(),
                            row -> row.getLong(1),
                            conditions.parameters())
                    .get(0);
            List<T> items = session.query(
                    "SELECT document FROM " + table + conditions.sql() + " ORDER BY " + order + " LIMIT ? OFFSET ?",
                    row -> parse(row.getString(1), type),
                    conditions.parameters(limit, offset));
            return new Page<>(items, total);
        });
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            return query.run(new Session(connection));
        } catch (SQLException e) {
            throw new StoreException(dialect.explain(e), e);
        }
    }

    private static AuditEntry numbered(long id, AuditEntry entry) {
        return new AuditEntry(id, entry.at(), entry.actor(), entry.action(), entry.subject(), entry.details());
    }

    private static String like(String part) {
        return "%" + part.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private interface Query<T> {
        T run(Session session) throws SQLException;
    }

    /** Conditions of a list, all of which must hold. */
    private static final class Conditions {
        private final List<String> terms = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void add(String term, Object... parameters) {
            terms.add(term);
            values.addAll(List.of(parameters));
        }

        void addStates(Set<String> labels) {
            String marks = String.join(", ", Collections.nCopies(labels.size(), "?"));
            add("state IN (" + marks + ")", labels.toArray());
        }

        String sql() {
            return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
        }

        @Nullable Object[] parameters(Object... more) {
            List<Object> all = new ArrayList<>(values);
            all.addAll(List.of(more));
            return all.toArray();
        }
    }
}
