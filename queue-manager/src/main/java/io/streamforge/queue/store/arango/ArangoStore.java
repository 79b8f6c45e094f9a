package io.streamforge.queue.store.arango;

import static io.streamforge.queue.store.arango.Texts.key;
import static io.streamforge.queue.store.arango.Texts.parse;
import static io.streamforge.queue.store.arango.Texts.time;

import com.arangodb.ArangoCursor;
import com.arangodb.ArangoDatabase;
import com.arangodb.model.AqlQueryOptions;
import com.arangodb.springframework.core.ArangoOperations;
import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.Page;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.WorkflowFilter;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store on AQL. */
final class ArangoStore implements Store {

    private static final String ONE = "FOR d IN @@collection FILTER d._key == @key RETURN d.document";

    private final ArangoOperations operations;
    private final String url;
    private final Transactions transactions;

    ArangoStore(ArangoOperations operations, ArangoDatabase database, String url) {
        this.operations = operations;
        this.url = url;
        transactions = new Transactions(operations, database);
    }

    /** Makes what is missing; safe when servers start together. */
    void migrate(ArangoDatabase database) {
        attempt(session -> {
            Collections.make(database);
            int current = session.first(
                            Integer.class,
                            "FOR d IN @@collection FILTER d._key == 'schema' RETURN d.version",
                            "@collection",
                            Collections.META)
                    .orElse(0);
            if (current > Collections.VERSION) {
                throw new StoreException(
                        "metadata store %s: it holds data of a newer StreamForge (schema version %d, this one knows %d); use that release or newer"
                                .formatted(url, current, Collections.VERSION));
            }
            return session.update(
                    "UPSERT { _key: 'schema' } INSERT { _key: 'schema', version: @version } UPDATE { version: @version }"
                            + " IN @@collection RETURN 1",
                    "@collection",
                    Collections.META,
                    "version",
                    Collections.VERSION);
        });
    }

    @Override
    public void write(List<Write> changes) {
        attempt(session -> {
            transactions.write(changes);
            return true;
        });
    }

    @Override
    public Optional<Workflow> workflow(String name) {
        return one(Workflow.class, Collections.WORKFLOWS, name);
    }

    @Override
    public Page<Workflow> workflows(WorkflowFilter filter) {
        String attribute =
                switch (filter.sort()) {
                    case NAME -> "name";
                    case CREATED_AT -> "created_at";
                    case UPDATED_AT -> "updated_at";
                };
        String direction = filter.descending() ? "DESC" : "ASC";
        String contains = filter.contains().toLowerCase(Locale.ROOT);
        return page(
                Workflow.class,
                (contains.isEmpty() ? "" : "FILTER CONTAINS(d.search_name, @contains) ")
                        + "SORT d.%s %s, d.name %s".formatted(attribute, direction, direction),
                filter.offset(),
                filter.limit(),
                binds(Collections.WORKFLOWS, "contains", contains.isEmpty() ? null : contains));
    }

    @Override
    public Optional<Run> run(String queueId) {
        return one(Run.class, Collections.RUNS, queueId);
    }

    @Override
    public Page<Run> runs(RunFilter filter) {
        boolean all = filter.states().isEmpty();
        return page(
                Run.class,
                (filter.workflow() == null ? "" : "FILTER d.workflow == @workflow ")
                        + (all ? "" : "FILTER d.state IN @states ")
                        + "SORT d.created_at DESC, d.queue_id DESC",
                filter.offset(),
                filter.limit(),
                binds(
                        Collections.RUNS,
                        "workflow",
                        filter.workflow(),
                        "states",
                        all ? null : List.copyOf(filter.states())));
    }

    @Override
    public Map<String, Long> versions(Set<String> states) {
        Map<String, Long> versions = new HashMap<>();
        attempt(session -> session.query(
                        Map.class,
                        "FOR d IN @@collection FILTER d.state IN @states RETURN { queue_id: d.queue_id, version: d.version }",
                        "@collection",
                        Collections.RUNS,
                        "states",
                        List.copyOf(states)))
                .forEach(row -> versions.put(
                        String.valueOf(row.get("queue_id")),
                        number(row, "version").longValue()));
        return versions;
    }

    @Override
    public List<Run> due(Instant now, int limit) {
        return documents(
                Run.class,
                "FOR d IN @@collection FILTER d.due_at != null AND d.due_at <= @now SORT d.due_at, d.queue_id"
                        + " LIMIT @limit RETURN d.document",
                binds(Collections.RUNS, "now", time(now), "limit", limit));
    }

    @Override
    public List<HistoryEntry> history(String queueId, long after, int limit) {
        return documents(
                HistoryEntry.class,
                "FOR d IN @@collection FILTER d.queue_id == @queue_id AND d.number > @after SORT d.number"
                        + " LIMIT @limit RETURN d.document",
                binds(Collections.HISTORY, "queue_id", queueId, "after", after, "limit", limit));
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) {
        return documents(
                AuditEntry.class,
                "FOR d IN @@collection FILTER d.id < @before SORT d.id DESC LIMIT @limit RETURN d.document",
                binds(Collections.AUDIT, "before", before, "limit", limit));
    }

    @Override
    public Optional<IdempotentReply> reply(String replyKey) {
        return one(IdempotentReply.class, Collections.REPLIES, replyKey);
    }

    @Override
    public List<RegisteredSchema> schemas() {
        return attempt(session -> session
                .query(
                        Map.class,
                        "FOR s IN @@subjects FOR d IN @@schemas FILTER d._key == s.schema_key SORT s.subject, s.version"
                                + " RETURN { id: d._key, subject: s.subject, version: s.version, schema: d.document }",
                        "@subjects",
                        Collections.SUBJECTS,
                        "@schemas",
                        Collections.SCHEMAS)
                .stream()
                .map(ArangoStore::schema)
                .toList());
    }

    @Override
    public List<Remnant> remnants() {
        return documents(
                Remnant.class, "FOR d IN @@collection SORT d.workflow RETURN d.document", binds(Collections.REMNANTS));
    }

    @Override
    public Map<Integer, Long> offsets(String topic) {
        Map<Integer, Long> offsets = new TreeMap<>();
        attempt(session -> session.query(
                        Map.class,
                        "FOR d IN @@collection FILTER d.topic == @topic RETURN { partition: d.partition, next: d.next }",
                        "@collection",
                        Collections.OFFSETS,
                        "topic",
                        topic))
                .forEach(row -> offsets.put(
                        number(row, "partition").intValue(), number(row, "next").longValue()));
        return offsets;
    }

    @Override
    public void forgetReplies(Instant before) {
        attempt(session -> session.update(
                "FOR d IN @@collection FILTER d.at < @before REMOVE d IN @@collection RETURN 1",
                "@collection",
                Collections.REPLIES,
                "before",
                time(before)));
    }

    @Override
    public void close() {
        operations.driver().shutdown();
    }

    private <T> Optional<T> one(Class<T> type, String collection, String name) {
        return documents(type, ONE, binds(collection, "key", key(name))).stream()
                .findFirst();
    }

    private <T> List<T> documents(Class<T> type, String aql, @Nullable Object[] binds) {
        return attempt(session -> session.query(String.class, aql, binds)).stream()
                .map(document -> parse(document, type))
                .toList();
    }

    private <T> Page<T> page(Class<T> type, String conditions, int offset, int limit, @Nullable Object[] binds) {
        String aql = "FOR d IN @@collection %s LIMIT %d, %d RETURN d.document".formatted(conditions, offset, limit);
        return attempt(session -> {
            ArangoCursor<String> cursor =
                    session.cursor(String.class, new AqlQueryOptions().fullCount(true), aql, binds);
            long total = Objects.requireNonNull(cursor.getStats().getFullCount());
            List<T> items = cursor.asListRemaining().stream()
                    .map(document -> parse(document, type))
                    .toList();
            return new Page<>(items, total);
        });
    }

    private <T> T attempt(Function<Session, T> work) {
        try {
            return work.apply(new Session(operations, null));
        } catch (StaleWriteException | StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException("metadata store " + url + ": " + Failures.explain(e), e);
        }
    }

    /** The collection and those values that are not null. */
    private static @Nullable Object[] binds(String collection, @Nullable Object... more) {
        List<Object> binds = new ArrayList<>(List.of("@collection", collection));
        for (int i = 0; i < more.length; i += 2) {
            Object value = more[i + 1];
            if (value != null) {
                binds.add(String.valueOf(more[i]));
                binds.add(value);
            }
        }
        return binds.toArray();
    }

    private static RegisteredSchema schema(Map<?, ?> row) {
        return new RegisteredSchema(
                Integer.parseInt(String.valueOf(row.get("id"))),
                String.valueOf(row.get("subject")),
                number(row, "version").intValue(),
                String.valueOf(row.get("schema")));
    }

    private static Number number(Map<?, ?> row, String name) {
        return (Number) Objects.requireNonNull(row.get(name));
    }
}
