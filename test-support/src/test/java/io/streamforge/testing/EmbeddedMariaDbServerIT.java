package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedMariaDbServerIT {

    @Test
    void shouldLogEveryRowInFull() {
        // given
        MariaDbDatabase database = EmbeddedMariaDbServer.shared().newDatabase();

        // then
        assertThat(database.query("SELECT @@binlog_format, @@binlog_row_image").get(0))
                .containsExactly("ROW", "FULL");
        assertThat(database.query("SELECT @@gtid_binlog_pos").get(0).get(0)).isNotEqualTo("");
    }

    @Test
    void shouldGiveEachTestADatabaseOfItsOwn() {
        // given
        MariaDbDatabase first = EmbeddedMariaDbServer.shared().newDatabase();
        MariaDbDatabase second = EmbeddedMariaDbServer.shared().newDatabase();

        // when
        first.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");
        second.execute("CREATE TABLE t (id int)");

        // then
        assertThat(first.number("SELECT count(*) FROM t")).isEqualTo(1);
        assertThat(second.number("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void shouldKeepWhatWasCommittedThroughAKill() {
        try (EmbeddedMariaDbServer server = EmbeddedMariaDbServer.start()) {
            // given
            MariaDbDatabase database = server.newDatabase();
            database.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");

            // when
            server.kill();
            server.restart();

            // then
            assertThat(database.number("SELECT count(*) FROM t")).isEqualTo(1);
        }
    }
}
