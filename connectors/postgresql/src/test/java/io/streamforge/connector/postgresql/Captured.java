package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.PostgresDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A capture into memory, in which rows and position are one, and which can be killed between any two batches. */
final class Captured {

    final Map<String, Map<List<@Nullable Object>, List<@Nullable Object>>> tables = new HashMap<>();
    final List<RejectedRow> rejected = new ArrayList<>();
    final List<Op> ops = new ArrayList<>();

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PostgresDatabase database;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final SourceContext context;
    private Optional<Position> position = Optional.empty();
    private Optional<Long> lagBytes = Optional.empty();
    private boolean idle;

    Captured(PostgresDatabase database, String workflow, String... tables) {
        this.database = database;
        context = new SourceContext(workflow, "source", true);
        options.put("url", database.url());
        options.put("username", database.username());
        options.put("password", database.password());
        options.put("tables", List.of(tables));
        options.put("heartbeat", "200ms");
        options.put("chunk_rows", 50);
    }

    Captured with(String name, Object value) {
        options.put(name, value);
        return this;
    }

    Captured from(Map<String, Object> values) {
        position = Optional.of(new Position(values));
        return this;
    }

    /** True when the last batch had no rows, because there was nothing new. */
    boolean idle() {
        return idle;
    }

    /** What the source last measured. */
    Optional<Long> lagBytes() {
        return lagBytes;
    }

    Optional<Position> position() {
        return position;
    }

    String slot() {
        return SlotName.of(context.workflow());
    }

    Source source() throws ConnectorException {
        PostgresChangesConnector connector = new PostgresChangesConnector();
        List<Problem> problems = new ArrayList<>();
        Options parsed = new OptionParser(
                        Objects.requireNonNull(connector.descriptor().source()).options())
                .parse(options, problems)
                .orElseThrow(() -> new AssertionError(problems));
        Source source = connector.source(parsed);
        source.begin(context);
        return source;
    }

    void forget() throws Exception {
        try (Source source = source()) {
            source.forget(context);
        }
    }

    /** Reads from where the last call ended until {@code enough}, then dies. */
    void run(BooleanSupplier enough) throws Exception {
        try (Source source = source()) {
            List<RowSchema> schemas = source.discover().schemas();
            Split split = source.discover().splits().get(0);
            try (Stream<RecordBatch> batches =
                    source.read(split, position, schemas).toStream(1)) {
                Iterator<RecordBatch> next = batches.iterator();
                long end = System.nanoTime() + LIMIT.toNanos();
                while (!enough.getAsBoolean()) {
                    if (System.nanoTime() > end) {
                        throw new AssertionError("not enough after " + LIMIT + ", at " + position);
                    }
                    RecordBatch batch = next.next();
                    apply(batch);
                    idle = batch.size() == 0;
                    position = Optional.of(batch.position());
                    source.acknowledge(split, batch.position());
                    lagBytes = Optional.ofNullable(source.measures().get("slot_lag_bytes"));
                }
            }
        }
    }

    private void apply(RecordBatch batch) {
        var table = tables.computeIfAbsent(batch.schema().name(), name -> new HashMap<>());
        RowCursor row = new RowCursor(batch.schema());
        RowCursor key = new RowCursor(batch.schema().keySchema());
        rejected.addAll(batch.rejected());
        for (int i = 0; i < batch.size(); i++) {
            Op op = batch.rows().op(i);
            ops.add(op);
            switch (op) {
                case TRUNCATE -> table.clear();
                case DELETE -> table.remove(values(key.wrap(batch.rows(), i)));
                default -> put(table, batch.schema(), values(row.wrap(batch.rows(), i)));
            }
        }
    }

    private static void put(
            Map<List<@Nullable Object>, List<@Nullable Object>> table, RowSchema schema, List<@Nullable Object> row) {
        List<@Nullable Object> key = new ArrayList<>();
        for (int column : schema.keyIndices()) {
            key.add(row.get(column));
        }
        table.put(key, row);
    }

    private static List<@Nullable Object> values(RowCursor cursor) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < cursor.schema().size(); i++) {
            Object value = cursor.isNull(i) ? null : cursor.value(i);
            values.add(value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : value);
        }
        return values;
    }

    List<List<@Nullable Object>> rows(String table) {
        return new ArrayList<>(tables.getOrDefault(table, Map.of()).values());
    }

    PostgresDatabase database() {
        return database;
    }
}
