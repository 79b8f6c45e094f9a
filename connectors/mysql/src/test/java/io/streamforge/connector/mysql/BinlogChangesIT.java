package io.streamforge.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.mysql.CapturedRows.Row;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.MySqlDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinlogChangesIT {

    private MySqlDatabase database;
    private Map<String, Object> options;

    @BeforeEach
    void begin() {
        database = EmbeddedMySqlServer.shared().newDatabase();
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, name varchar(50), amount decimal(12,2) NOT NULL)");
        options = CaptureTestOptions.of(database, "orders");
    }

    @Test
    void shouldGiveTheRowsOfATableAndThenEveryChangeInItsOrder() throws Exception {
        // given
        database.execute("INSERT INTO orders VALUES (1,'a',1.00),(2,'b',2.00)");
        try (CapturedRows captured = new CapturedRows(options, Optional.empty())) {
            captured.await(2);
            // when
            database.execute("INSERT INTO orders VALUES (3,'c',3.00)");
            database.execute("UPDATE orders SET name='bb' WHERE id=2");
            database.execute("UPDATE orders SET id=30 WHERE id=3");
            database.execute("DELETE FROM orders WHERE id=1");
            database.execute("TRUNCATE orders");
            database.execute("INSERT INTO orders VALUES (4,null,4.00)");
            // then
            List<Row> rows = captured.await(9);
            assertThat(rows)
                    .containsExactly(
                            row(Op.SNAPSHOT, 1, "a", "1.00"),
                            row(Op.SNAPSHOT, 2, "b", "2.00"),
                            row(Op.CREATE, 3, "c", "3.00"),
                            row(Op.UPDATE, 2, "bb", "2.00"),
                            key(3),
                            row(Op.CREATE, 30, "c", "3.00"),
                            key(1),
                            new Row("orders", Op.TRUNCATE, Map.of()),
                            row(Op.CREATE, 4, "null", "4.00"));
        }
    }

    @Test
    void shouldGoOnFromAnyBatchOfALargeTransactionWithoutLossOrRepetition() throws Exception {
        // given
        List<RowSchema> schemas;
        List<RecordBatch> batches;
        try (CapturedRows captured = new CapturedRows(options, Optional.empty())) {
            CaptureTestOptions.awaitStreaming(captured);
            schemas = captured.discovery().schemas();
            database.execute(
                    "INSERT INTO orders SELECT seq, repeat('x', 50), seq FROM " + MySqlDatabase.sequence(60_000));
            captured.await(60_000);
            String end =
                    String.valueOf(database.query("SHOW MASTER STATUS").get(0).get(1));
            Awaitility.await().untilAsserted(() -> assertThat(log(captured.position()))
                    .containsEntry("pos", Long.valueOf(end))
                    .doesNotContainKey("inside"));
            batches = List.copyOf(captured.batches());
        }
        List<RecordBatch> inside = batches.stream()
                .filter(batch -> log(batch.position()).containsKey("inside"))
                .toList();
        assertThat(inside).hasSizeGreaterThan(1);
        RecordBatch stop = inside.get(inside.size() / 2);
        Set<String> before = new HashSet<>();
        int count = 0;
        for (RecordBatch batch : batches) {
            count += batch.size();
            if (batch == stop) {
                break;
            }
        }
        // when
        try (CapturedRows again = new CapturedRows(options, Optional.of(json(stop.position())), schemas)) {
            List<Row> rest = again.await(60_000 - count);
            database.execute("INSERT INTO orders VALUES (70000,'end',1)");
            again.await(60_000 - count + 1);
            // then
            rest.forEach(row -> before.add(String.valueOf(row.values().get("id"))));
            assertThat(rest).hasSize(60_000 - count + 1);
            assertThat(before).hasSize(60_000 - count + 1);
            assertThat(rest.get(0).values()).containsEntry("id", String.valueOf(count + 1));
        }
    }

    @Test
    void shouldKnowTheColumnsOfEachRowAlsoWhenItIsBehind() throws Exception {
        // given
        Map<String, Object> ignoring = CaptureTestOptions.with(options, "schema_changes", "ignore");
        Position start;
        List<RowSchema> schemas;
        try (CapturedRows captured = new CapturedRows(ignoring, Optional.empty())) {
            CaptureTestOptions.awaitStreaming(captured);
            start = captured.position();
            schemas = captured.discovery().schemas();
        }
        // when
        database.execute("INSERT INTO orders VALUES (1,'a',1.00)");
        database.execute("ALTER TABLE orders ADD COLUMN city varchar(50) AFTER id, ADD INDEX (name)");
        database.execute("INSERT INTO orders VALUES (2,'Rome','b',2.00)");
        database.execute(
                "ALTER TABLE orders CHANGE city town varchar(60) DEFAULT 'x,y' AFTER name, MODIFY name varchar(50) FIRST");
        database.execute("INSERT INTO orders VALUES ('c',3,'Oslo',3.00)");
        database.execute("ALTER TABLE orders DROP COLUMN name");
        database.execute("INSERT INTO orders VALUES (4,'Bern',4.00)");
        // then
        try (CapturedRows captured = new CapturedRows(ignoring, Optional.of(json(start)), schemas)) {
            assertThat(captured.await(4))
                    .containsExactly(
                            row(Op.CREATE, 1, "a", "1.00"),
                            row(Op.CREATE, 2, "b", "2.00"),
                            row(Op.CREATE, 3, "c", "3.00"),
                            row(Op.CREATE, 4, "null", "4.00"));
            Position behind = json(captured.position());
            database.execute("INSERT INTO orders VALUES (5,'Riga',5.00)");
            captured.await(5);
            try (CapturedRows again = new CapturedRows(ignoring, Optional.of(behind), schemas)) {
                assertThat(again.await(1)).containsExactly(row(Op.CREATE, 5, "null", "5.00"));
            }
        }
    }

    @Test
    void shouldCaptureSeveralTablesAndTakeInOneThatJoinsLater() throws Exception {
        // given
        database.execute("CREATE TABLE items (a int, b varchar(5), v int, PRIMARY KEY (a, b))");
        database.execute("INSERT INTO items VALUES (1,'x',1),(1,'y',2),(2,'x',3)");
        Map<String, Object> both = CaptureTestOptions.of(database, "orders", "items");
        Position position;
        try (CapturedRows captured = new CapturedRows(options, Optional.empty())) {
            database.execute("INSERT INTO orders VALUES (1,'a',1)");
            captured.await(1);
            position = captured.position();
        }
        // when
        try (CapturedRows captured =
                new CapturedRows(CaptureTestOptions.with(both, "chunk_rows", 1), Optional.of(json(position)))) {
            captured.await(3);
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO orders VALUES (2,'b',2)");
                statement.execute("UPDATE items SET v=20 WHERE a=1 AND b='y'");
                connection.commit();
            }
            // then
            List<Row> rows = captured.await(5);
            assertThat(rows.subList(0, 3))
                    .allMatch(row -> row.op() == Op.SNAPSHOT && row.table().equals("items"));
            assertThat(rows.get(3)).isEqualTo(row(Op.CREATE, 2, "b", "2.00"));
            assertThat(rows.get(4)).isEqualTo(new Row("items", Op.UPDATE, Map.of("a", "1", "b", "y", "v", "20")));
        }
    }

    @Test
    void shouldTakeInATableThatAppearsWhateverBecameOfItBefore() throws Exception {
        // given
        Map<String, Object> all = CaptureTestOptions.of(database, "*");
        Position position;
        try (CapturedRows captured = new CapturedRows(all, Optional.empty())) {
            database.execute("INSERT INTO orders VALUES (1,'a',1)");
            captured.await(1);
            // when
            database.execute(
                    "CREATE TABLE notes (id int PRIMARY KEY, old int)",
                    "INSERT INTO notes VALUES (9,9)",
                    "DROP TABLE notes",
                    "CREATE TABLE nokey (a int)",
                    "CREATE TABLE notes (id int PRIMARY KEY)",
                    "INSERT INTO notes VALUES (1),(2)",
                    "ALTER TABLE notes ADD COLUMN n int NOT NULL DEFAULT 5");
            captured.await(3);
            database.execute("INSERT INTO notes VALUES (3,6)");
            // then
            assertThat(captured.await(4).subList(1, 4))
                    .containsExactly(
                            new Row("notes", Op.SNAPSHOT, Map.of("id", "1", "n", "5")),
                            new Row("notes", Op.SNAPSHOT, Map.of("id", "2", "n", "5")),
                            new Row("notes", Op.CREATE, Map.of("id", "3", "n", "6")));
            position = captured.position();
            database.execute("DROP TABLE nokey");
        }
        // when
        try (CapturedRows captured = new CapturedRows(all, Optional.of(json(position)))) {
            database.execute("INSERT INTO notes VALUES (4,7)");
            // then
            assertThat(captured.await(1)).containsExactly(new Row("notes", Op.CREATE, Map.of("id", "4", "n", "7")));
        }
    }

    @Test
    void shouldLoseNothingWhileATableIsReadAndWrittenAtOnce() throws Exception {
        // given
        database.execute("INSERT INTO orders SELECT seq, 'old', 0 FROM " + MySqlDatabase.sequence(3000));
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> write(stop));
        writer.start();
        // when
        try (CapturedRows captured =
                new CapturedRows(CaptureTestOptions.with(options, "chunk_rows", 100), Optional.empty())) {
            captured.await(3_500);
            stop.set(true);
            writer.join();
            database.execute("INSERT INTO orders VALUES (99999,'end',1)");
            Awaitility.await().until(() -> captured.rows().stream()
                    .anyMatch(row -> "99999".equals(row.values().get("id"))));
            // then
            Awaitility.await()
                    .untilAsserted(() -> assertThat(applied(captured.rows())).isEqualTo(content()));
        }
    }

    @Test
    void shouldFollowColumnsThatAreAddedAndWidenedAndReadTheirValuesInOldRows() throws Exception {
        // given
        Map<String, Object> evolving = new HashMap<>(options);
        evolving.put("schema_changes", "evolve");
        database.execute("INSERT INTO orders VALUES (1,'a',1.00)");
        List<RowSchema> schemas;
        Position position;
        try (CapturedRows captured = new CapturedRows(evolving, Optional.empty())) {
            schemas = captured.discovery().schemas();
            captured.await(1);

            // when
            database.execute(
                    "ALTER TABLE orders ADD COLUMN city varchar(20) NOT NULL DEFAULT 'Graz', MODIFY amount decimal(14,4) NOT NULL",
                    "INSERT INTO orders VALUES (2,'b',2.5,'Linz')");

            // then
            assertThat(captured.await(3))
                    .contains(
                            row(Op.SNAPSHOT, 1, "a", "1.00"),
                            row(Op.CREATE, 2, "b", "2.5000", "Linz"),
                            row(Op.SNAPSHOT, 1, "a", "1.0000", "Graz"));
            position = captured.position();
        }

        // when
        try (CapturedRows again = new CapturedRows(evolving, Optional.of(json(position)), schemas)) {
            database.execute("INSERT INTO orders VALUES (3,'c',3,'Wien')");

            // then
            Awaitility.await()
                    .untilAsserted(() -> assertThat(again.rows()).contains(row(Op.CREATE, 3, "c", "3.0000", "Wien")));
        }
    }

    private void write(AtomicBoolean stop) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            java.util.Random random = new java.util.Random(7);
            for (int i = 0; !stop.get(); i++) {
                int id = random.nextInt(4000) + 1;
                statement.execute("INSERT INTO orders VALUES (" + id + ",'w" + i + "'," + i
                        + ") ON DUPLICATE KEY UPDATE name=VALUES(name), amount=VALUES(amount)");
                statement.execute("DELETE FROM orders WHERE id=" + (random.nextInt(4000) + 1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a keyed target holds after the rows, which must never go backwards. */
    private static Map<Long, String> applied(List<Row> rows) {
        Map<Long, String> state = new TreeMap<>();
        for (Row row : new ArrayList<>(rows)) {
            long id = Long.parseLong(String.valueOf(row.values().get("id")));
            if (row.op() == Op.DELETE) {
                state.remove(id);
            } else {
                state.put(id, row.values().get("name") + "/" + row.values().get("amount"));
            }
        }
        return state;
    }

    private Map<Long, String> content() throws SQLException {
        Map<Long, String> content = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("SELECT id, concat(name, '/', amount) FROM orders")) {
            while (result.next()) {
                content.put(result.getLong(1), result.getString(2));
            }
        }
        return content;
    }

    @Test
    void shouldReadWhatTheServerCompressesAndGoOnInTheMiddleOfIt() throws Exception {
        // given
        database.execute("CREATE TABLE items (id int PRIMARY KEY, v varchar(50))");
        Map<String, Object> both = CaptureTestOptions.of(database, "orders", "items");
        List<Row> rows;
        List<RecordBatch> batches;
        List<RowSchema> schemas;
        try (CapturedRows captured = new CapturedRows(both, Optional.empty())) {
            CaptureTestOptions.awaitStreaming(captured);
            schemas = captured.discovery().schemas();
            // when
            compressed(() -> transaction(
                    "INSERT INTO orders SELECT seq, repeat('x', 50), seq FROM " + MySqlDatabase.sequence(100),
                    "INSERT INTO items SELECT seq, repeat('z', 50) FROM " + MySqlDatabase.sequence(100),
                    "UPDATE orders SET name=repeat('y', 50)"));
            // then
            rows = List.copyOf(captured.await(300));
            assertThat(rows.get(99)).isEqualTo(row(Op.CREATE, 100, "x".repeat(50), "100.00"));
            assertThat(rows.get(199).values()).containsEntry("v", "z".repeat(50));
            assertThat(rows.get(299)).isEqualTo(row(Op.UPDATE, 100, "y".repeat(50), "100.00"));
            batches = captured.batches().stream()
                    .filter(batch -> batch.size() > 0)
                    .toList();
        }
        assertThat(batches).hasSizeGreaterThanOrEqualTo(3);
        int read = 0;
        for (RecordBatch batch : batches.subList(0, batches.size() - 1)) {
            read += batch.size();
            try (CapturedRows again = new CapturedRows(both, Optional.of(json(batch.position())), schemas)) {
                assertThat(again.await(rows.size() - read)).isEqualTo(rows.subList(read, rows.size()));
            }
        }
    }

    private void compressed(Runnable work) {
        String setting = EmbeddedMySqlServer.mariaDb() ? "log_bin_compress" : "binlog_transaction_compression";
        database.execute("SET GLOBAL " + setting + "=ON");
        try {
            work.run();
        } finally {
            database.execute("SET GLOBAL " + setting + "=OFF");
        }
    }

    private void transaction(String... statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldReadALogThatNamesItsColumnsAndColumnsThatAreComputed() throws Exception {
        // given
        database.execute(
                "CREATE TABLE people (id int PRIMARY KEY, name varchar(20), shout varchar(20) AS (upper(name)) VIRTUAL,"
                        + " size int AS (char_length(name)) STORED"
                        + (EmbeddedMySqlServer.mariaDb() ? ")" : ", KEY ((lower(name))))"));
        database.execute("INSERT INTO people (id, name) VALUES (1, 'ada')");
        Row ada = person(Op.SNAPSHOT, 1, "ada");
        String metadata = String.valueOf(
                database.query("SELECT @@binlog_row_metadata").get(0).get(0));
        try (CapturedRows captured = new CapturedRows(CaptureTestOptions.of(database, "people"), Optional.empty())) {
            captured.await(1);
            database.execute("SET GLOBAL binlog_row_metadata=FULL");
            try {
                // when
                database.execute(
                        "INSERT INTO people (id, name) VALUES (2, 'bob')", "UPDATE people SET name='eve' WHERE id=1");
                // then
                assertThat(captured.await(3))
                        .containsExactly(ada, person(Op.CREATE, 2, "bob"), person(Op.UPDATE, 1, "eve"));
            } finally {
                database.execute("SET GLOBAL binlog_row_metadata=" + metadata);
            }
        }
    }

    private static Row person(Op op, int id, String name) {
        return new Row(
                "people",
                op,
                Map.of(
                        "id",
                        String.valueOf(id),
                        "name",
                        name,
                        "shout",
                        name.toUpperCase(Locale.ROOT),
                        "size",
                        String.valueOf(name.length())));
    }

    @Test
    void shouldRejectAValueThatNoColumnHoldsAndKeepTheRowsAroundIt() throws Exception {
        database.execute("CREATE TABLE days (id int PRIMARY KEY, day date)");
        Map<String, Object> days = CaptureTestOptions.of(database, "days");
        try (CapturedRows captured = new CapturedRows(days, Optional.empty())) {
            CaptureTestOptions.awaitStreaming(captured);
            database.execute(
                    "SET SESSION sql_mode=''",
                    "INSERT INTO days VALUES (1,'2024-01-01'),(2,'0000-00-00'),(3,'2024-01-03')");
            assertThat(captured.await(2))
                    .extracting(row -> row.values().get("id"))
                    .containsExactly("1", "3");
            assertThat(captured.rejected()).singleElement().satisfies(row -> {
                assertThat(row.code()).isEqualTo("JDBC-VALUE");
                assertThat(row.message()).contains("'day'").contains("0000-00-00");
            });
        }
    }

    /** Where a position is in the log. */
    static Map<String, Object> log(Position position) {
        Map<String, Object> log = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(position.values().get("log")))
                .forEach((name, value) -> log.put(String.valueOf(name), value));
        return log;
    }

    /** As a position comes back from where it was stored. */
    static Position json(Position position) {
        return io.streamforge.messages.Json.MAPPER.readValue(
                io.streamforge.messages.Json.MAPPER.writeValueAsString(position), Position.class);
    }

    private static Row row(Op op, long id, String name, String amount) {
        return new Row("orders", op, Map.of("id", String.valueOf(id), "name", name, "amount", amount));
    }

    private static Row row(Op op, long id, String name, String amount, String city) {
        return new Row("orders", op, Map.of("id", String.valueOf(id), "name", name, "amount", amount, "city", city));
    }

    private static Row key(long id) {
        return new Row("orders", Op.DELETE, Map.of("id", String.valueOf(id)));
    }
}
