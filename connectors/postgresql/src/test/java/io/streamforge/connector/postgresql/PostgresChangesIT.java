package io.streamforge.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.history.HistoryWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresChangesIT {

    private static int number;

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
    private final Captured captured = new Captured(database, "test" + ++number, "public.*");

    /** A slot that stays would keep the server's log. */
    @AfterEach
    void forget() throws Exception {
        captured.forget();
        assertThat(database.number(
                        "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + captured.slot() + "'"))
                .isZero();
        assertThat(database.number("SELECT count(*) FROM pg_publication")).isZero();
    }

    @Test
    void shouldHoldWhatTheSourceHoldsThoughItIsKilledAgainAndAgain() throws Exception {
        // given
        database.execute(HistoryWriter.create());
        database.execute("INSERT INTO history_a SELECT i, 0, 'before', 0 FROM generate_series(5000000, 5001000) i");
        Random random = new Random(7);

        // when
        try (HistoryWriter writer = new HistoryWriter(database::connect).start(3, 11)) {
            for (int kill = 0; kill < 4; kill++) {
                int[] batches = {5 + random.nextInt(30)};
                captured.run(() -> batches[0]-- == 0);
            }
        }
        captured.run(() -> captured.idle() && equal("history_a") && equal("history_b") && equal("history_commits"));

        // then
        assertThat(captured.rejected).isEmpty();
        assertThat(captured.ops).contains(Op.SNAPSHOT, Op.CREATE, Op.UPDATE, Op.DELETE);
    }

    @Test
    void shouldGiveEveryTypeFromTheLogAsFromTheTable() throws Exception {
        // given
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        database.execute(
                "CREATE TABLE types (id int PRIMARY KEY, b bool, s smallint, l bigint, r real, d double precision, "
                        + "n numeric(20,5), t text, v varchar(20), c char(5), y bytea, u uuid, j json, jb jsonb, dt date, "
                        + "tm time(6), ts timestamp(6), tz timestamptz(6), iv interval, m mood, ia int[], ta text[], na numeric(8,2)[])");
        String row = "true, -5, 9007199254740993, 1.5, 2.25, -12345.67890, 'ünï', 'v', 'c', '\\x00ff', "
                + "'123e4567-e89b-12d3-a456-426614174000', '{\"a\": 1}', '{\"b\": [1, 2]}', '1999-12-31', '23:59:59.123456', "
                + "'2001-02-03 04:05:06.789012', '2001-02-03 04:05:06.789012+02', '1 year 2 days 03:04:05.6', 'happy', "
                + "'{1,NULL,3}', '{a,NULL,\"c d\"}', '{1.25,-3.50}'";
        String nulls = "NULL" + ", NULL".repeat(21);
        database.execute("INSERT INTO types VALUES (1, " + row + "), (2, " + nulls + ")");
        captured.run(() -> captured.rows("public.types").size() == 2);

        // when
        database.execute("INSERT INTO types VALUES (11, " + row + "), (12, " + nulls + ")");
        captured.run(() -> captured.rows("public.types").size() == 4);

        // then
        assertThat(captured.rejected).isEmpty();
        assertThat(withoutId(11)).isEqualTo(withoutId(1)).doesNotContainNull();
        assertThat(withoutId(12)).isEqualTo(withoutId(2));
    }

    @Test
    void shouldFollowTruncateKeyChangesAndValuesThatWereNotSent() throws Exception {
        // given
        database.execute("CREATE TABLE docs (id int PRIMARY KEY, n int, body text)");
        database.execute("ALTER TABLE docs ALTER body SET STORAGE EXTERNAL");
        String large = "x".repeat(20_000);
        database.execute("INSERT INTO docs SELECT i, 0, '" + large + "' FROM generate_series(1, 3) i");
        captured.run(() -> captured.rows("public.docs").size() == 3);

        // when
        database.execute(
                "UPDATE docs SET n = 1 WHERE id = 1",
                "UPDATE docs SET id = 7 WHERE id = 2",
                "DELETE FROM docs WHERE id = 3");
        Set<List<@Nullable Object>> changed = Set.of(List.of(1, 1, large), List.of(7, 0, large));

        // then
        captured.run(() -> changed.equals(new HashSet<>(captured.rows("public.docs"))));

        // when
        database.execute("TRUNCATE docs", "INSERT INTO docs VALUES (9, 9, 'new')");
        captured.run(() -> captured.rows("public.docs").equals(List.of(List.of(9, 9, "new"))));

        // then
        assertThat(captured.ops).contains(Op.TRUNCATE);
    }

    @Test
    void shouldRejectWhatARowCannotHoldAndGoOn() throws Exception {
        // given
        database.execute("CREATE TABLE times (id int PRIMARY KEY, ts timestamp)");
        captured.run(() -> captured.position().isPresent());

        // when
        database.execute("INSERT INTO times VALUES (1, 'infinity'), (2, '2020-01-01')");
        captured.run(() -> captured.rows("public.times").size() == 1);

        // then
        assertThat(captured.rejected).hasSize(1);
        assertThat(captured.rejected.get(0).code()).isEqualTo("POSTGRESQL-VALUE");
    }

    @Test
    void shouldConfirmToTheServerWhatIsDurableAndNothingElse() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        captured.run(() -> captured.position().isPresent());
        long before = confirmed();

        // when
        database.execute("INSERT INTO t VALUES (1)");
        captured.run(() -> captured.rows("public.t").size() == 1);
        long[] ends = {0};
        captured.run(() -> confirmed() > before && ++ends[0] > 2);

        // then
        long position = ((Number) log(captured.position().orElseThrow()).get("commit")).longValue();
        assertThat(confirmed()).isGreaterThan(before).isLessThanOrEqualTo(position);
    }

    @Test
    void shouldLetTheServerForgetItsLogThoughNobodyWritesToTheTables() throws Exception {
        // given
        database.execute("CREATE TABLE idle (id int PRIMARY KEY)");
        PostgresDatabase other = EmbeddedPostgresServer.shared().newDatabase();
        other.execute("CREATE TABLE busy (t text)");
        captured.run(() -> captured.position().isPresent());
        long before = confirmed();

        // when
        other.execute("INSERT INTO busy SELECT repeat('x', 1000) FROM generate_series(1, 5000)");
        captured.run(() -> confirmed() > before + 5_000_000);

        // then
        assertThat(captured.lagBytes())
                .hasValueSatisfying(bytes -> assertThat(bytes).isPositive());
    }

    @Test
    void shouldHaltWhenItsSlotIsGoneAndSayHowToGoOn() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        captured.run(() -> captured.position().isPresent());

        // when
        captured.forget();

        // then
        assertThatThrownBy(() -> captured.run(() -> false))
                .satisfies(e -> assertThat(error(e).error().code()).isEqualTo("CAPTURE-LOG-LOST"))
                .satisfies(e -> assertThat(error(e).error().suggestion()).contains("from: fresh"));
    }

    @Test
    void shouldHaltAtAnotherServer() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        captured.run(() -> captured.position().isPresent());
        Map<String, Object> values =
                new HashMap<>(captured.position().orElseThrow().values());
        Map<String, Object> log = new HashMap<>(log(captured.position().orElseThrow()));
        log.put("server", "1");
        values.put("log", log);

        // when
        captured.from(values);

        // then
        assertThatThrownBy(() -> captured.run(() -> false))
                .satisfies(e -> assertThat(error(e).error().code()).isEqualTo("CAPTURE-OTHER-SERVER"));
    }

    @Test
    void shouldHaltAtAChangedTable() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int PRIMARY KEY, a text)");
        database.execute("INSERT INTO t VALUES (1, 'a')");
        captured.run(() -> captured.rows("public.t").size() == 1);
        int[] looks = {0};

        // when
        assertThatThrownBy(() -> captured.run(() -> alterOnce(looks)))
                .satisfies(e -> assertThat(error(e).error().code()).isEqualTo("CAPTURE-SCHEMA"));

        // then
        assertThat(captured.rows("public.t")).containsExactly(List.of(1, "a"));
    }

    @Test
    void shouldFollowAColumnThatIsAddedThoughItIsKilledAtEachBatch() throws Exception {
        // given
        database.execute("CREATE TABLE t (id int PRIMARY KEY, a text)", "INSERT INTO t VALUES (1, 'a')");
        captured.with("schema_changes", "evolve");
        captured.run(() -> captured.rows("public.t").size() == 1);

        // when
        database.execute(
                "ALTER TABLE t ADD COLUMN b int NOT NULL DEFAULT 7",
                "INSERT INTO t VALUES (2, 'b', 3)",
                "ALTER TABLE t ALTER COLUMN b TYPE bigint",
                "UPDATE t SET b = 5000000000 WHERE id = 2");

        // then
        int[] batches = {0};
        for (int i = 0; i < 30 && !wideAndEqual(); i++) {
            int from = batches[0];
            captured.run(() -> batches[0]++ > from);
        }
        assertThat(captured.rows("public.t"))
                .containsExactlyInAnyOrder(List.of(1, "a", 7L), List.of(2, "b", 5000000000L));
    }

    private boolean wideAndEqual() {
        return Set.of(List.of(1, "a", 7L), List.of(2, "b", 5000000000L))
                .equals(new HashSet<>(captured.rows("public.t")));
    }

    @Test
    void shouldTakeInATableThatAppearsWithWhatAnOpenTransactionHadWrittenToIt() throws Exception {
        // given
        database.execute("CREATE TABLE first (id int PRIMARY KEY)", "INSERT INTO first VALUES (1)");
        int[] looks = {0};
        try (Connection open = database.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);

            // when
            captured.run(() -> {
                if (looks[0]++ == 3) {
                    database.execute(
                            "CREATE TABLE nokey (a int)",
                            "CREATE TABLE second (id int PRIMARY KEY)",
                            "INSERT INTO second VALUES (1)");
                    write(statement, "INSERT INTO second VALUES (2)");
                }
                if (captured.tables.containsKey("public.second") && captured.idle()) {
                    assertThat(captured.rows("public.second")).isEmpty();
                    database.execute("DROP TABLE nokey");
                    return true;
                }
                return false;
            });
            captured.run(() -> {
                if (looks[0] > 0) {
                    looks[0] = 0;
                    database.execute("INSERT INTO first VALUES (2)");
                    write(statement, "COMMIT");
                    database.execute("INSERT INTO second VALUES (3)");
                }
                return captured.rows("public.second").size() == 3;
            });
        }

        // then
        assertThat(captured.rows("public.second")).containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(3));
        assertThat(captured.rows("public.first")).containsExactlyInAnyOrder(List.of(1), List.of(2));
    }

    @Test
    void shouldLeaveATableOutThatIsAnothersAndGoOn() throws Exception {
        // given
        String name = String.valueOf(
                database.query("SELECT quote_ident(current_database())").get(0).get(0));
        database.execute(
                "CREATE ROLE capturer LOGIN REPLICATION",
                "GRANT CREATE ON DATABASE " + name + " TO capturer",
                "CREATE TABLE first (id int PRIMARY KEY)",
                "ALTER TABLE first OWNER TO capturer",
                "INSERT INTO first VALUES (1)");
        captured.with("username", "capturer");
        int[] looks = {0};
        try {
            // when
            captured.run(() -> {
                if (looks[0]++ == 1) {
                    database.execute(
                            "CREATE TABLE second (id int PRIMARY KEY)",
                            "INSERT INTO second VALUES (1)",
                            "INSERT INTO first VALUES (2)");
                }
                if (looks[0] == 6) {
                    assertThat(captured.rows("public.first")).hasSize(2);
                    assertThat(captured.tables).doesNotContainKey("public.second");
                    database.execute("ALTER TABLE second OWNER TO capturer");
                }
                return captured.rows("public.second").size() == 1;
            });
        } finally {
            captured.forget();
            captured.with("username", database.username());
            database.execute(
                    "REASSIGN OWNED BY capturer TO CURRENT_USER", "DROP OWNED BY capturer", "DROP ROLE capturer");
        }
    }

    private static void write(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void shouldRefuseATableWithoutAKeyAndATypeThatComesInTwoForms() {
        database.execute("CREATE TABLE nokey (a int)");
        assertThatThrownBy(() -> captured.source().discover()).hasMessageContaining("CAPTURE-NO-KEY");

        database.execute("DROP TABLE nokey", "CREATE TABLE bits (id int PRIMARY KEY, b bit(3))");
        assertThatThrownBy(() -> captured.source().discover()).hasMessageContaining("bit(3)");
    }

    private boolean alterOnce(int[] looks) {
        if (looks[0]++ == 0) {
            database.execute("ALTER TABLE t ADD COLUMN b int", "INSERT INTO t VALUES (2, 'b', 3)");
        }
        return false;
    }

    private boolean equal(String table) {
        Set<List<@Nullable Object>> source = new HashSet<>(database.query("SELECT * FROM " + table));
        return source.equals(new HashSet<>(captured.rows("public." + table)));
    }

    private List<@Nullable Object> withoutId(int id) {
        return captured.rows("public.types").stream()
                .filter(row -> Integer.valueOf(id).equals(row.get(0)))
                .map(row -> row.subList(1, row.size()))
                .findFirst()
                .orElseThrow();
    }

    private long confirmed() {
        return Lsn.parse(String.valueOf(
                database.query("SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '"
                                + captured.slot() + "'")
                        .get(0)
                        .get(0)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> log(Position position) {
        return (Map<String, Object>)
                java.util.Objects.requireNonNull(position.values().get("log"));
    }

    private static ConnectorException error(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof ConnectorException found) {
                return found;
            }
        }
        throw new AssertionError("no reason is given", thrown);
    }
}
