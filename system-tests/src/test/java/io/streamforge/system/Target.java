package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.PostgresDatabase;
import java.math.BigDecimal;
import java.util.List;

/**
 * The table that numbered rows go to. It is made by the sink and has no key, so a row that was written twice would show.
 *
 * @param database of its own
 */
record Target(PostgresDatabase database) {

    static Target create() {
        return new Target(Outside.servers().newDatabase());
    }

    /** The sinks of a workflow; {@code postgres} is a secret that every installation has. */
    String sinks() {
        return """
                sinks:
                - connector: postgresql
                  options: {url: "jdbc:%s", username: postgres, password: "${secret:postgres}", table: rows, mode: insert}
                """.formatted(Outside.servers().address(database));
    }

    long written() {
        return database.query("SELECT to_regclass('rows')").get(0).get(0) == null
                ? 0
                : database.number("SELECT count(*) FROM rows");
    }

    /** The rows 1 to {@code count}, each once and as it was read. */
    void requireExact(long count) {
        assertThat(database.query(
                        "SELECT count(*), count(DISTINCT id), min(id), max(id), sum(total), count(note) FROM rows"))
                .as("rows, different ids, first, last, sum of totals, notes")
                .containsExactly(List.of(count, count, 1L, count, totals(count), count));
    }

    private static BigDecimal totals(long count) {
        long whole = 0;
        for (long row = 1; row <= count; row++) {
            whole += Row.whole(row);
        }
        return BigDecimal.valueOf(whole).add(new BigDecimal("0.25").multiply(BigDecimal.valueOf(count)));
    }
}
