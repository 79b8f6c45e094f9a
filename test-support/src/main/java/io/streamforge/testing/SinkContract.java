package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every sink keeps. A test class implements this interface and, as they apply, {@link TransactionalSinkContract} or
 * {@link IdempotentSinkContract}, {@link KeyedSinkContract} and {@link RefusingSinkContract}.
 */
public interface SinkContract {

    /** Rows of the contract's tests; {@code amount} may be null. */
    RowSchema ORDERS = new RowSchema(
            "orders",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.required("customer", DataType.STRING),
                    Column.nullable("amount", DataType.decimal(12, 2))),
            List.of("id"));

    /** Within this time a closed writer has ended what it was doing. */
    Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** An empty place to write to that no other test uses. */
    interface Target {

        /** Options of a sink that adds rows to this place. */
        Map<String, Object> options();

        /** Options of a sink that puts rows by the schema's key; the same as {@link #options} where a sink knows only one way. */
        Map<String, Object> keyedOptions();

        /**
         * All rows as a reader that is not ours finds them, in any order, by column name and in the Java forms of
         * {@link io.streamforge.record.RowCursor#value}; empty when there is nothing yet.
         */
        List<Map<String, @Nullable Object>> rows(RowSchema schema);
    }

    SinkConnector connector();

    Target newTarget();

    /** The value as the sink's documentation says it is stored; itself where it is kept exactly. */
    default @Nullable Object normalised(Column column, @Nullable Object value) {
        return value;
    }

    /** Sets of options that must be refused without touching the network or the disk. */
    List<Map<String, Object>> badOptions();

    @ParameterizedTest
    @MethodSource("io.streamforge.testing.TypeSamples#all")
    default void shouldWriteATypeExactlyOrRefuseItAtCheck(DataType type, List<Object> samples)
            throws ConnectorException {
        // given
        RowSchema schema = new RowSchema(
                "samples",
                List.of(Column.required("id", DataType.INT64), Column.nullable("sample", type)),
                List.of("id"));
        List<@Nullable Object> values = new ArrayList<>(samples);
        values.add(null);
        Target target = newTarget();
        try (Sink sink = sink(target.options())) {
            List<Problem> refused = sink.check(schema);
            if (!refused.isEmpty()) {
                assertThat(refused).allSatisfy(problem -> {
                    assertThat(problem.path()).contains("sample");
                    assertThat(problem.message()).contains(type.toString());
                    assertThat(problem.suggestion()).isNotBlank();
                });
                return;
            }

            // when
            Records records = Records.of(schema, 0, 0);
            for (int i = 0; i < values.size(); i++) {
                records.put((long) i, values.get(i));
            }
            WriteResult result = writeAll(sink, schema, records.batch());

            // then
            assertThat(result.rejected()).isEmpty();
        }
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            expected.add(row(schema, (long) i, normalised(schema.column(1), values.get(i))));
        }
        assertThat(comparable(target.rows(schema))).containsExactlyInAnyOrderElementsOf(comparable(expected));
    }

    @Test
    default void shouldWriteRowsOfManyBatchesAndPartitions() throws ConnectorException {
        // given
        Target target = newTarget();
        List<Map<String, @Nullable Object>> expected = new ArrayList<>();

        // when
        try (Sink sink = sink(target.options());
                SinkWriter writer = sink.open(context(ORDERS, 0, 1))) {
            writer.restore();
            for (int batch = 0; batch < 4; batch++) {
                int partition = batch % 2;
                Records records = Records.of(ORDERS, partition, batch / 2 * 100L);
                for (int i = 0; i < 100; i++) {
                    Object[] values = {batch * 100L + i, "customer " + i, i % 7 == 0 ? null : BigDecimal.valueOf(i, 2)};
                    records.put(values);
                    expected.add(row(ORDERS, values));
                }
                assertThat(writer.write(records.batch()).rejected()).isEmpty();
            }
            writer.complete();
        }

        // then
        assertThat(comparable(target.rows(ORDERS))).containsExactlyInAnyOrderElementsOf(comparable(expected));
    }

    @Test
    default void shouldChangeNothingWhenItChecks() throws ConnectorException {
        // given
        Target target = newTarget();

        // when
        try (Sink sink = sink(target.options())) {
            assertThat(sink.check(ORDERS)).isEmpty();
            assertThat(sink.check(ORDERS)).isEmpty();
        }

        // then
        assertThat(target.rows(ORDERS)).isEmpty();
    }

    @Test
    default void shouldRefuseBadOptions() {
        for (Map<String, Object> options : badOptions()) {
            List<Problem> problems = new ArrayList<>();
            Options parsed = parser().parse(options, problems).orElse(null);
            if (parsed == null) {
                assertThat(problems).isNotEmpty();
                continue;
            }
            Throwable thrown = catchThrowable(() -> connector().sink(parsed).close());
            assertThat(thrown).describedAs("%s", options).isInstanceOfSatisfying(ConnectorException.class, refusal -> {
                assertThat(refusal.error().category()).isEqualTo(Category.FATAL);
                assertThat(refusal.error().suggestion()).isNotBlank();
            });
        }
    }

    @Test
    default void shouldMissEveryRequiredOption() {
        for (OptionSpec option : role().options()) {
            Map<String, Object> options = new HashMap<>(newTarget().options());
            options.remove(option.name());
            List<Problem> problems = new ArrayList<>();
            parser().parse(options, problems);
            assertThat(problems.stream().anyMatch(problem -> problem.path().equals(option.name())))
                    .describedAs(option.name())
                    .isEqualTo(option.required());
        }
    }

    @Test
    default void shouldEndAWriteWhenItIsClosedFromAnotherThread() throws Exception {
        // given
        Target target = newTarget();
        for (int round = 0; round < 8; round++) {
            int first = round * 20_000;
            try (Sink sink = sink(target.options())) {
                SinkWriter writer = sink.open(context(ORDERS, round));
                writer.restore();
                SinkBatch batch = orders(round, 0, first, 20_000);
                CompletableFuture<@Nullable Void> write = CompletableFuture.runAsync(() -> {
                    try {
                        writer.write(batch);
                    } catch (ConnectorException | RuntimeException e) {
                        // a write that is cut off may fail in any orderly way
                    }
                });

                // when
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3L * round));
                CompletableFuture<@Nullable Void> close = CompletableFuture.runAsync(writer::close);

                // then
                close.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
                write.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
                writer.close();
            }
        }
    }

    /** A configured sink; the test closes it. */
    default Sink sink(Map<String, Object> options) throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        Options parsed = parser().parse(options, problems).orElse(null);
        assertThat(problems).isEmpty();
        return connector().sink(Objects.requireNonNull(parsed));
    }

    /** What a worker would say of itself. */
    default SinkContext context(RowSchema schema, Integer... partitions) {
        return new SinkContext(
                "contract", "wf-contract-20240801-a1b2c3", "sink", "wf-contract-data", List.of(partitions), schema);
    }

    /** Opens a writer for partition 0, restores it and writes one batch. */
    default WriteResult writeAll(Sink sink, RowSchema schema, SinkBatch batch) throws ConnectorException {
        try (SinkWriter writer = sink.open(context(schema, 0))) {
            writer.restore();
            return writer.write(batch);
        }
    }

    /** Consecutive orders with ids from {@code firstId}. */
    default SinkBatch orders(int partition, long firstOffset, long firstId, int count) {
        Records records = Records.of(ORDERS, partition, firstOffset);
        for (long id = firstId; id < firstId + count; id++) {
            records.put(order(id));
        }
        return records.batch();
    }

    /** The order of that id, always the same. */
    default @Nullable Object[] order(long id) {
        return new Object[] {id, "customer " + id % 17, id % 5 == 0 ? null : BigDecimal.valueOf(id * 3, 2)};
    }

    /** The rows {@link #orders} writes. */
    default List<Map<String, @Nullable Object>> expectedOrders(long firstId, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(count);
        for (long id = firstId; id < firstId + count; id++) {
            rows.add(row(ORDERS, order(id)));
        }
        return rows;
    }

    default Map<String, @Nullable Object> row(RowSchema schema, @Nullable Object... values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(schema.column(i).name(), values[i]);
        }
        return row;
    }

    /** The rows with byte arrays as hexadecimal text, because arrays have no equality. */
    default List<Map<String, @Nullable Object>> comparable(List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> comparable = new ArrayList<>(rows.size());
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(row);
            copy.replaceAll((column, value) ->
                    value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
            comparable.add(copy);
        }
        return comparable;
    }

    private OptionParser parser() {
        return new OptionParser(role().options());
    }

    private Role role() {
        return Objects.requireNonNull(connector().descriptor().sink());
    }
}
