package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresRejectionIT {

    private static final RowSchema NODES = new RowSchema(
            "nodes",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.nullable("parent", DataType.INT64),
                    Column.nullable("label", DataType.STRING)),
            List.of("id"));

    private final PostgresTarget target =
            new PostgresTarget(EmbeddedPostgresServer.shared().newDatabase());
    private final PostgresDatabase database = target.database();
    private final Map<String, Object> options = target.options();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JDBC-NOT-NULL    | label text NOT NULL                             |
            JDBC-UNIQUE      | label text UNIQUE                               | good0
            JDBC-CHECK       | label text CHECK (label LIKE 'good%')           | bad
            JDBC-FOREIGN-KEY | label text REFERENCES labels                    | unknown
            JDBC-FOREIGN-KEY | label text REFERENCES labels DEFERRABLE INITIALLY DEFERRED | unknown
            JDBC-UNIQUE      | label text UNIQUE DEFERRABLE INITIALLY DEFERRED | good0
            JDBC-EXCLUSION   | label text, EXCLUDE USING btree (label WITH =)  | good0
            JDBC-VALUE       | label label_type                                | unknown
            JDBC-TRIGGER     | label text, marker text DEFAULT 'trigger'       | boom
            """)
    void shouldSayWhyARowIsRefusedAndWriteTheOthers(String code, String column, @Nullable String bad)
            throws ConnectorException {
        // given
        database.execute("CREATE TABLE labels (label text PRIMARY KEY)", """
                INSERT INTO labels SELECT 'good' || i FROM generate_series(0, 99) i""", """
                DO $$ BEGIN EXECUTE 'CREATE TYPE label_type AS ENUM (' ||
                  (SELECT string_agg(quote_literal('good' || i), ',') FROM generate_series(0, 99) i) || ')'; END $$""", """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF NEW.label::text = 'boom' THEN RAISE EXCEPTION 'no %', NEW.label; END IF; RETURN NEW; END $$""");
        database.execute("CREATE TABLE target (id bigint, parent bigint, " + column + ")");
        database.execute("CREATE TRIGGER refuse BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION refuse()");
        Records records = Records.of(NODES, 0, 0);
        for (long id = 0; id < 100; id++) {
            records.put(id, null, id == 57 ? bad : "good" + id);
        }

        // when
        List<Rejection> rejected = run().write(NODES, records.batch()).rejected();

        // then
        assertThat(rejected).singleElement().satisfies(rejection -> {
            assertThat(rejection.row()).isEqualTo(57);
            assertThat(rejection.code()).isEqualTo(code);
            assertThat(rejection.message()).isNotBlank().doesNotContain("\n");
        });
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(99);
        assertThat(database.query("SELECT written, rejected FROM streamforge_offsets"))
                .containsExactly(List.of(99L, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "upsert"})
    void shouldWriteARowThatRefersToALaterOneOfItsBatch(String mode) throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint PRIMARY KEY, parent bigint REFERENCES target "
                + "DEFERRABLE INITIALLY DEFERRED, label text CHECK (label <> 'bad'))");
        options.put("mode", mode);
        SinkBatch batch = Records.of(NODES, 0, 0)
                .put(1L, 3L, "child of a later row")
                .put(2L, null, "bad")
                .put(3L, 4L, "parent and child")
                .put(4L, null, "root")
                .put(5L, 99L, "orphan")
                .batch();

        // when
        List<Rejection> rejected = run().write(NODES, batch).rejected();

        // then
        assertThat(rejected).extracting(Rejection::row).containsExactly(1, 4);
        assertThat(rejected).extracting(Rejection::code).containsExactly("JDBC-CHECK", "JDBC-FOREIGN-KEY");
        assertThat(database.query("SELECT id FROM target ORDER BY id"))
                .containsExactly(List.of(1L), List.of(3L), List.of(4L));
    }

    @Test
    void shouldKeepTheLastGoodRowOfAKey() throws ConnectorException {
        // given
        database.execute(
                "CREATE TABLE target (id bigint PRIMARY KEY, parent bigint, label text CHECK (label <> 'bad'))");
        options.put("mode", "upsert");
        SinkBatch batch = Records.of(NODES, 0, 0)
                .put(1L, null, "good")
                .put(2L, null, "good")
                .put(1L, null, "bad")
                .put(2L, null, "not\0possible")
                .batch();

        // when
        List<Rejection> rejected = run().write(NODES, batch).rejected();

        // then
        assertThat(rejected).extracting(Rejection::row).containsExactly(2, 3);
        assertThat(database.query("SELECT id, label FROM target ORDER BY id"))
                .containsExactly(List.of(1L, "good"), List.of(2L, "good"));
    }

    @Test
    void shouldFollowValuesThatMoveFromOneKeyToAnother() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint PRIMARY KEY, parent bigint, label text UNIQUE)");
        database.execute("INSERT INTO target VALUES (1, NULL, 'a'), (2, NULL, 'b')");
        options.put("mode", "upsert");
        SinkBatch batch = Records.of(NODES, 0, 0)
                .put(2L, null, "c")
                .put(1L, null, "b")
                .put(3L, null, "a")
                .batch();

        // then
        assertThat(run().write(NODES, batch).rejected()).isEmpty();
        assertThat(database.query("SELECT id, label FROM target ORDER BY id"))
                .containsExactly(List.of(1L, "b"), List.of(2L, "c"), List.of(3L, "a"));
    }

    @Test
    void shouldPutRowsWhetherTheirKeysAreThereOrNot() throws ConnectorException {
        // given
        options.put("mode", "upsert");
        long[] firstIds = {0, 100, 150, 300, 50, 350, 500, 0};

        // when
        try (SinkWriter writer = run().open(NODES)) {
            writer.restore();
            for (int round = 0; round < firstIds.length; round++) {
                Records records = Records.of(NODES, 0, round * 101L);
                for (long id = firstIds[round]; id < firstIds[round] + 100; id++) {
                    records.put(id, null, "round " + round);
                }
                SinkBatch batch =
                        records.put(firstIds[round], null, "not\0possible").batch();
                assertThat(writer.write(batch).rejected())
                        .extracting(Rejection::row)
                        .containsExactly(100);
            }
        }

        // then
        assertThat(database.query("SELECT label, count(*), min(id), max(id) FROM target GROUP BY label ORDER BY label"))
                .containsExactly(
                        List.of("round 2", 100L, 150L, 249L),
                        List.of("round 3", 50L, 300L, 349L),
                        List.of("round 4", 50L, 100L, 149L),
                        List.of("round 5", 100L, 350L, 449L),
                        List.of("round 6", 100L, 500L, 599L),
                        List.of("round 7", 100L, 0L, 99L));
    }

    @Test
    void shouldPutKeysThatOnlyTheDatabaseTakesForTheSame() throws ConnectorException {
        // given
        database.execute(
                "CREATE EXTENSION citext", "CREATE TABLE target (id bigint, parent bigint, label citext PRIMARY KEY)");
        options.put("mode", "upsert");
        options.put("key", "label");
        SinkBatch batch = Records.of(NODES, 0, 0)
                .put(1L, null, "Key")
                .put(2L, null, "KEY")
                .batch();

        // then
        assertThat(run().write(NODES, batch).rejected()).isEmpty();
        assertThat(database.query("SELECT id FROM target")).containsExactly(List.of(2L));
    }

    @Test
    void shouldPutRowsThatAreAllKey() throws ConnectorException {
        RowSchema keys = new RowSchema("keys", List.of(Column.required("id", DataType.INT64)), List.of("id"));
        options.put("mode", "upsert");
        SinkBatch batch =
                Records.of(keys, 0, 0).put(1L).put(1L).put(2L).delete(2L).batch();

        assertThat(run().write(keys, batch).rejected()).isEmpty();
        assertThat(database.query("SELECT id FROM target")).containsExactly(List.of(1L));
    }

    @Test
    void shouldRejectRowsWithoutAKey() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint, parent bigint UNIQUE, label text)");
        options.put("mode", "upsert");
        options.put("key", "parent");
        SinkBatch batch = Records.of(NODES, 0, 0)
                .put(1L, null, "a")
                .put(2L, 7L, "b")
                .put(3L, null, "c")
                .batch();

        // then
        assertThat(run().write(NODES, batch).rejected())
                .extracting(Rejection::row)
                .containsExactly(0, 2);
        assertThat(database.query("SELECT id FROM target")).containsExactly(List.of(2L));
    }

    @Test
    void shouldRejectDeletesItCannotApply() throws ConnectorException {
        SinkBatch batch = Records.of(NODES, 0, 0).put(1L, null, "x").delete(1L).batch();
        assertThat(run().write(NODES, batch).rejected())
                .extracting(Rejection::code)
                .containsExactly("JDBC-DELETE");

        database.execute("DROP TABLE target", "DROP TABLE streamforge_offsets");
        options.put("mode", "upsert");
        options.put("key", "label");
        assertThat(run().write(NODES, batch).rejected())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.message()).contains("[id]", "[label]"));
    }

    @Test
    void shouldSettleRejectedRowsBeforeItCommits() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint, parent bigint, label text NOT NULL)");
        SinkBatch batch =
                Records.of(NODES, 0, 0).put(1L, null, "x").put(2L, null, null).batch();
        List<Rejection> settled = new ArrayList<>();
        List<Long> visible = new ArrayList<>();
        batch.settleWith(rejected -> {
            settled.addAll(rejected);
            visible.add(database.number("SELECT count(*) FROM target"));
        });

        // when
        List<Rejection> rejected = run().write(NODES, batch).rejected();

        // then
        assertThat(settled).isEqualTo(rejected).hasSize(1);
        assertThat(visible).containsExactly(0L);
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(1);
    }

    @Test
    void shouldWriteNothingWhenRejectedRowsCannotBeKept() throws ConnectorException {
        // given
        SinkBatch batch = Records.of(NODES, 0, 0).put(1L, null, "x").batch();
        batch.settleWith(rejected -> {
            throw new ConnectorException("TEST", Category.TRANSIENT, "no dead letters", null);
        });
        try (SinkWriter writer = run().open(NODES)) {
            writer.restore();

            // when
            assertThat(catchThrowable(() -> writer.write(batch))).hasMessageContaining("no dead letters");
            assertThat(database.number("SELECT count(*) FROM target")).isZero();
            writer.write(batch);
        }

        // then
        try (SinkWriter writer = run().open(NODES)) {
            assertThat(writer.restore()).hasValue(Map.of(0, new Progress(1, 1, 0)));
        }
    }

    @Test
    void shouldFindManyBadRowsInReasonableTime() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id bigint CHECK (id % 3 <> 0), parent bigint, label text)");
        Records records = Records.of(NODES, 0, 0);
        for (long id = 0; id < 3000; id++) {
            records.put(id, null, "row");
        }

        // then
        assertThat(run().write(NODES, records.batch()).rejected()).hasSize(1000);
        assertThat(database.number("SELECT count(*) FROM target")).isEqualTo(2000);
    }

    private SinkRun run() {
        return new SinkRun(new PostgresConnector(), options);
    }
}
