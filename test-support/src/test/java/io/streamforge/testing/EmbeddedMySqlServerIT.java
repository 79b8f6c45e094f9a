package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedMySqlServerIT {

    @Test
    void shouldLogEveryRowInFull() {
        // given
        MySqlDatabase database = EmbeddedMySqlServer.shared().newDatabase();

        // then
        assertThat(database.query("SELECT @@binlog_format, @@binlog_row_image").get(0))
                .containsExactly("ROW", "FULL");
        String gtids = EmbeddedMySqlServer.mariaDb() ? "@@gtid_binlog_pos" : "@@GLOBAL.gtid_executed";
        assertThat(database.query("SELECT " + gtids).get(0).get(0)).isNotEqualTo("");
    }

    @Test
    void shouldGiveEachTestADatabaseOfItsOwn() {
        // given
        MySqlDatabase first = EmbeddedMySqlServer.shared().newDatabase();
        MySqlDatabase second = EmbeddedMySqlServer.shared().newDatabase();

        // when
        first.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");
        second.execute("CREATE TABLE t (id int)");

        // then
        assertThat(first.number("SELECT count(*) FROM t")).isEqualTo(1);
        assertThat(second.number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void shouldKeepWhatWasCommittedThroughAKill() {
        try (EmbeddedMySqlServer server = EmbeddedMySqlServer.start()) {
            // given
            MySqlDatabase database = server.newDatabase();
            database.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");

            // when
            server.kill();
            server.restart();

            // then
            assertThat(database.number("SELECT count(*) FROM t")).isEqualTo(1);
        }
    }
}
