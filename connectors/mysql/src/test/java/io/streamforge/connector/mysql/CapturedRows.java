package io.streamforge.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceContext;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reads a capture on a thread of its own and keeps what comes; starts, stops and goes on as a worker would. */
final class CapturedRows implements AutoCloseable {

    /** A row as it came; of a delete the key alone. */
    record Row(String table, Op op, Map<String, Object> values) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Source source;
    private final Discovery discovery;
    private final Scheduler thread = Schedulers.newSingle("read");
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final List<RejectedRow> rejected = new CopyOnWriteArrayList<>();
    private final List<RecordBatch> batches = new CopyOnWriteArrayList<>();
    private volatile @Nullable Throwable failure;
    private final Disposable reading;

    CapturedRows(Map<String, Object> options, Optional<Position> from) throws ConnectorException {
        this(options, from, null);
    }

    /** @param schemas of the run; null for those of the tables as they are */
    CapturedRows(Map<String, Object> options, Optional<Position> from, @Nullable List<RowSchema> schemas)
            throws ConnectorException {
        source = source(options);
        source.begin(new SourceContext("test", "source", true));
        discovery = source.discover();
        List<RowSchema> run = schemas == null ? discovery.schemas() : schemas;
        reading = source.read(discovery.splits().get(0), from, run)
                .subscribeOn(thread)
                .subscribe(this::take, e -> failure = e);
    }

    static Source source(Map<String, Object> options) throws ConnectorException {
        MySqlChangesConnector connector = new MySqlChangesConnector();
        List<Problem> problems = new ArrayList<>();
        return connector.source(new OptionParser(
                        Objects.requireNonNull(connector.descriptor().source()).options())
                .parse(options, problems)
                .orElseThrow(() -> new IllegalArgumentException(problems.toString())));
    }

    /** Whoever waits for rows finds what came with them. */
    private void take(RecordBatch batch) {
        batches.add(batch);
        rejected.addAll(batch.rejected());
        RowSchema schema = batch.schema();
        RowCursor all = new RowCursor(schema);
        RowCursor key = new RowCursor(schema.keySchema());
        for (int i = 0; i < batch.size(); i++) {
            Op op = batch.rows().op(i);
            RowCursor cursor = op == Op.DELETE ? key : all;
            Map<String, Object> values = new LinkedHashMap<>();
            if (op != Op.TRUNCATE) {
                cursor.wrap(batch.rows(), i);
                RowSchema shape = op == Op.DELETE ? schema.keySchema() : schema;
                for (int c = 0; c < shape.size(); c++) {
                    values.put(shape.column(c).name(), String.valueOf(shown(cursor.value(c))));
                }
            }
            rows.add(new Row(schema.name().substring(schema.name().indexOf('.') + 1), op, values));
        }
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : value;
    }

    Discovery discovery() {
        return discovery;
    }

    List<Row> rows() {
        return rows;
    }

    List<RejectedRow> rejected() {
        return rejected;
    }

    List<RecordBatch> batches() {
        return batches;
    }

    /** All rows once there are so many. */
    List<Row> await(int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            Throwable failed = failure;
            if (failed != null) {
                throw new AssertionError("reading failed after " + rows, failed);
            }
            assertThat(rows)
                    .as(
                            "rejected: %s",
                            rejected.stream().map(RejectedRow::message).toList())
                    .hasSizeGreaterThanOrEqualTo(count);
        });
        return rows;
    }

    /** How reading ended. */
    ConnectorException awaitFailure() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> failure != null);
        return (ConnectorException) Objects.requireNonNull(failure);
    }

    Position position() {
        return batches.get(batches.size() - 1).position();
    }

    @Override
    public void close() {
        reading.dispose();
        thread.dispose();
        source.close();
    }
}
