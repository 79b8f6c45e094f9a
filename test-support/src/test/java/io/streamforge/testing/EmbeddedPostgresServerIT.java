package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedPostgresServerIT {

    @Test
    void shouldBeDurableAndReplicable() {
        // given
        PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();

        // then
        assertThat(database.query("SHOW fsync").get(0)).containsExactly("on");
        assertThat(database.query("SHOW synchronous_commit").get(0)).containsExactly("on");
        assertThat(database.query("SHOW wal_level").get(0)).containsExactly("logical");
    }

    @Test
    void shouldGiveEachTestADatabaseOfItsOwn() {
        // given
        PostgresDatabase first = EmbeddedPostgresServer.shared().newDatabase();
        PostgresDatabase second = EmbeddedPostgresServer.shared().newDatabase();

        // when
        first.execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");
        second.execute("CREATE TABLE t (id int)");

        // then
        assertThat(first.number("SELECT count(*) FROM t")).isEqualTo(1);
        assertThat(second.number("SELECT count(*) FROM t")).isZero();
    }
}
