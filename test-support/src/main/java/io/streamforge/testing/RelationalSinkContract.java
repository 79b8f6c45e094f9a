package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.RowSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A sink that writes to tables of a database and keeps its offsets there: the modes {@code update} and {@code replace}, statements
 * of the user before and after a run, and rows of several tables. Its targets take SQL; the table is called {@code target}.
 */
public interface RelationalSinkContract extends SinkContract {

    /** A target that takes SQL of one's own. */
    interface SqlTarget extends Target {

        void execute(String... statements);

        /** The number that a query of one row and one column gives. */
        long number(String sql);

        /** How many tables there are beside the target. */
        long tables();
    }

    @Override
    SqlTarget newTarget();

    RowSchema CUSTOMERS = new RowSchema(
            "shop.customers",
            List.of(Column.required("id", DataType.INT64), Column.nullable("name", DataType.STRING)),
            List.of("id"));

    RowSchema ITEMS = new RowSchema(
            "shop.items",
            List.of(Column.required("sku", DataType.INT32), Column.nullable("price", DataType.decimal(8, 2))),
            List.of("sku"));

    @Test
    default void shouldUpdateRowsThatAreThereAndAddNone() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        write(target, Map.of("mode", "upsert"), "old-data", orders(0, 0, 0, 4));
        SinkBatch changes = Records.of(ORDERS, 0, 0)
                .put(1L, "changed", new BigDecimal("1.00"))
                .put(77L, "nobody", null)
                .put(2L, "soon", null)
                .put(2L, "twice", null)
                .delete(3L)
                .delete(78L)
                .batch();

        // when
        write(target, Map.of("mode", "update"), "new-data", changes);

        // then
        assertThat(target.rows(ORDERS))
                .containsExactlyInAnyOrder(
                        row(ORDERS, order(0)),
                        row(ORDERS, 1L, "changed", new BigDecimal("1.00")),
                        row(ORDERS, 2L, "twice", null));
        assertThat(target.number("SELECT missed FROM streamforge_offsets WHERE topic = 'new-data'"))
                .isEqualTo(1);
    }

    @Test
    default void shouldRefuseToUpdateRowsThatAreAllKey() throws ConnectorException {
        SqlTarget target = newTarget();
        target.execute("CREATE TABLE names (customer VARCHAR(100) PRIMARY KEY)");
        RowSchema names =
                new RowSchema("names", List.of(Column.required("customer", DataType.STRING)), List.of("customer"));

        try (Sink sink = sink(with(target, Map.of("mode", "update", "table", "names")))) {
            assertThat(sink.check(names)).singleElement().satisfies(problem -> assertThat(problem.code())
                    .isEqualTo("JDBC-NOTHING-TO-UPDATE"));
        }
    }

    @Test
    default void shouldPutAReplacementInPlaceInOneStep() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        write(target, Map.of(), "old-data", orders(0, 0, 0, 20));
        long tables = target.tables();

        // when
        try (Sink sink = sink(with(target, Map.of("mode", "replace")))) {
            try (SinkWriter writer = sink.open(run("new-data", 0, 1))) {
                writer.restore();
                writer.write(orders(0, 0, 100, 7));
                assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, 20));
                writer.complete();
            }

            // then
            assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(100, 7));
            assertThat(target.tables()).isEqualTo(tables);
            try (SinkWriter again = sink.open(run("new-data", 0, 1))) {
                assertThat(again.restore()).hasValue(Map.of(0, new Progress(7, 7, 0)));
                again.complete();
            }
        }
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(100, 7));
    }

    @Test
    default void shouldGoOnWithAReplacementAfterAKillAndStartOverInTheNextRun() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        write(target, Map.of(), "old-data", orders(0, 0, 0, 3));
        long tables = target.tables();
        try (Sink sink = sink(with(target, Map.of("mode", "replace")))) {
            try (SinkWriter stopped = sink.open(run("stopped-data", 0, 1))) {
                stopped.restore();
                stopped.write(orders(0, 0, 900, 5));
            }
            try (SinkWriter killed = sink.open(run("new-data", 0, 1))) {
                killed.restore();
                killed.write(orders(0, 0, 10, 5));
            }

            // when
            try (SinkWriter next = sink.open(run("new-data", 0, 1))) {
                assertThat(next.restore()).hasValue(Map.of(0, new Progress(5, 5, 0)));
                next.write(orders(0, 5, 15, 5));
                next.complete();
            }
        }

        // then
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(10, 10));
        assertThat(target.tables()).isEqualTo(tables);
    }

    @Test
    default void shouldReplaceWhenTheLastTaskIsComplete() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        write(target, Map.of(), "old-data", orders(0, 0, 0, 3));
        try (Sink sink = sink(with(target, Map.of("mode", "replace")));
                SinkWriter first = sink.open(run("new-data", 0, 2));
                SinkWriter second = sink.open(run("new-data", 1, 2))) {
            first.restore();
            second.restore();
            first.write(orders(0, 0, 10, 5));
            second.write(orders(1, 0, 20, 5));

            // when
            first.complete();

            // then
            assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expectedOrders(0, 3));
            second.complete();
        }
        List<Map<String, @Nullable Object>> expected = expectedOrders(10, 5);
        expected.addAll(expectedOrders(20, 5));
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void shouldExecuteStatementsBeforeAndAfterARunOnce() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        target.execute("CREATE TABLE notes (word VARCHAR(20))");
        Map<String, Object> options = with(
                target,
                Map.of(
                        "pre_sql",
                        List.of("INSERT INTO notes VALUES ('before')"),
                        "post_sql",
                        List.of("INSERT INTO notes SELECT 'after' FROM target WHERE id = 1")));

        // when
        for (int attempt = 0; attempt < 3; attempt++) {
            try (Sink sink = sink(options);
                    SinkWriter writer = sink.open(run("new-data", 0, 1))) {
                writer.restore();
                writer.write(orders(0, attempt * 5L, attempt * 5L, 5));
                assertThat(target.number("SELECT count(*) FROM notes WHERE word = 'before'"))
                        .isEqualTo(1);
                if (attempt > 0) {
                    writer.complete();
                }
            }
        }

        // then
        assertThat(target.number("SELECT count(*) FROM notes WHERE word = 'after'"))
                .isEqualTo(1);
    }

    @Test
    default void shouldSendTheRowsOfSeveralTablesToAsManyTargets() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        SinkBatch batch = new SinkBatch();
        add(batch, CUSTOMERS, 0, 1L, "Ada");
        add(batch, ITEMS, 1, 10, new BigDecimal("1.50"));
        add(batch, ITEMS, 1, 11, null);
        add(batch, CUSTOMERS, 0, 1L, "Ada Lovelace");
        batch.add(0, batch.size(), null, null, Op.TRUNCATE, 1);
        add(batch, ITEMS, 1, 12, new BigDecimal("2.50"));
        batch.cover(0, 0, batch.size());
        SinkContext context = new SinkContext(
                "contract", "wf-contract", "sink", "tables-data", List.of(0), List.of(CUSTOMERS, ITEMS));

        // when
        try (Sink sink = sink(with(target, Map.of("mode", "upsert", "table", "copy_{table}")))) {
            assertThat(sink.check(context.schemas())).isEmpty();
            try (SinkWriter writer = sink.open(context)) {
                writer.restore();
                assertThat(writer.write(batch).rejected()).isEmpty();
            }
        }

        // then
        assertThat(target.number("SELECT count(*) FROM copy_customers WHERE name = 'Ada Lovelace'"))
                .isEqualTo(1);
        assertThat(target.number("SELECT count(*) FROM copy_customers")).isEqualTo(1);
        assertThat(target.number("SELECT sku FROM copy_items")).isEqualTo(12);
        try (Sink sink = sink(with(target, Map.of("mode", "upsert")))) {
            assertThat(sink.check(context.schemas())).singleElement().satisfies(problem -> assertThat(problem.path())
                    .isEqualTo("table"));
        }
    }

    @Test
    default void shouldLetATargetFollowRowsThatGetColumnsAndWiderOnes() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        RowSchema aged = more(CUSTOMERS, Column.nullable("age", DataType.INT32));
        RowSchema wide = more(CUSTOMERS, Column.nullable("age", DataType.INT64));
        try (Sink sink = sink(with(target, Map.of("mode", "upsert", "table", "followed")))) {
            follow(sink, CUSTOMERS, CUSTOMERS, 0, 1L, "Ada");

            // when
            assertThat(sink.check(aged)).singleElement().satisfies(problem -> assertThat(problem.code())
                    .isEqualTo("JDBC-NO-COLUMN"));
            assertThat(sink.checkEvolving(List.of(aged))).isEmpty();
            follow(sink, CUSTOMERS, aged, 1, 2L, "Grace", 79);
            follow(sink, aged, wide, 2, 3L, "Methuselah", 5_000_000_000L);
            follow(sink, CUSTOMERS, CUSTOMERS, 3, 2L, "Grace Hopper");
        }

        // then
        assertThat(target.number("SELECT count(*) FROM followed WHERE age IS NULL AND id = 1"))
                .isEqualTo(1);
        assertThat(target.number("SELECT age FROM followed WHERE name = 'Grace Hopper'"))
                .isEqualTo(79);
        assertThat(target.number("SELECT age FROM followed WHERE id = 3")).isEqualTo(5_000_000_000L);
    }

    private static RowSchema more(RowSchema schema, Column column) {
        List<Column> columns = new ArrayList<>(schema.columns());
        columns.add(column);
        return new RowSchema(schema.name(), columns, schema.key());
    }

    /** Writes a row with a writer of its own. */
    private static void follow(Sink sink, RowSchema before, RowSchema now, long offset, @Nullable Object... row)
            throws ConnectorException {
        SinkContext context = new SinkContext(
                "contract", "wf", "sink", "sink", "followed-data", List.of(0), 1, List.of(now), List.of(before), true);
        try (SinkWriter writer = sink.open(context)) {
            writer.restore();
            assertThat(writer.write(Records.of(now, 0, offset).put(row).batch()).rejected())
                    .isEmpty();
        }
    }

    @Test
    default void shouldWriteToColumnsAndTablesWhoseNamesNeedQuotes() throws ConnectorException {
        // given
        SqlTarget target = newTarget();
        RowSchema odd = new RowSchema(
                "odd",
                List.of(
                        Column.required("Select", DataType.INT64),
                        Column.nullable("two words", DataType.STRING),
                        Column.nullable("Zürich", DataType.BOOLEAN)),
                List.of("Select"));
        for (String mode : List.of("insert", "upsert", "update", "replace")) {
            Map<String, Object> options = with(target, Map.of("mode", mode, "table", "\"Order table " + mode + "\""));

            // when
            try (Sink sink = sink(options);
                    SinkWriter writer = sink.open(new SinkContext("contract", "wf", "sink", mode, List.of(0), odd))) {
                writer.restore();
                assertThat(writer.write(Records.of(odd, 0, 0).put(1L, "x", true).batch())
                                .rejected())
                        .isEmpty();
                writer.complete();
            }
        }
    }

    @Test
    default void shouldKeepTheOrderOfEachKeyWhenWritersWorkAtOnce() throws ConnectorException, InterruptedException {
        // given
        SqlTarget target = newTarget();
        Map<String, Object> options = with(target, Map.of("mode", "upsert"));
        try (Sink sink = sink(options);
                SinkWriter first = sink.open(run("new-data", 0, 2));
                SinkWriter second = sink.open(run("new-data", 1, 2))) {
            first.restore();
            second.restore();
            Thread other = new Thread(() -> rounds(second, 1));
            other.start();

            // when
            rounds(first, 0);
            other.join();
        }

        // then
        assertThat(target.number("SELECT count(*) FROM target WHERE customer = 'round 9'"))
                .isEqualTo(400);
        assertThat(target.number("SELECT count(*) FROM target")).isEqualTo(400);
    }

    private static void rounds(SinkWriter writer, int partition) {
        for (int round = 0; round < 10; round++) {
            Records records = Records.of(ORDERS, partition, round * 200L);
            for (long id = 0; id < 200; id++) {
                records.put(id * 2 + partition, "round " + round, null);
            }
            try {
                List<Rejection> rejected = writer.write(records.batch()).rejected();
                assertThat(rejected).isEmpty();
            } catch (ConnectorException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void add(SinkBatch batch, RowSchema schema, int table, Object id, @Nullable Object value) {
        SinkBatch one = Records.of(schema, 0, batch.size()).put(id, value).batch();
        batch.add(0, batch.size(), one.key(0), one.value(0), Op.UPSERT, table);
    }

    private void write(Target target, Map<String, Object> more, String topic, SinkBatch batch)
            throws ConnectorException {
        try (Sink sink = sink(with(target, more));
                SinkWriter writer = sink.open(run(topic, 0, 1))) {
            writer.restore();
            assertThat(writer.write(batch).rejected()).isEmpty();
            writer.complete();
        }
    }

    private static Map<String, Object> with(Target target, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(target.options());
        options.putAll(more);
        return options;
    }

    /** One of as many tasks as the topic has partitions. */
    private static SinkContext run(String topic, int partition, int partitions) {
        return new SinkContext(
                "contract",
                "wf-contract",
                "sink-" + partition,
                "wf-contract.sink",
                topic,
                List.of(partition),
                partitions,
                List.of(ORDERS));
    }
}
