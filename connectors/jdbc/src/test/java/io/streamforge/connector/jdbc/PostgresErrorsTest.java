package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states that a test cannot provoke on a server at will; the others are provoked in the tests with a server. */
class PostgresErrorsTest {

    private final JdbcAccess access = new JdbcAccess(
            "jdbc:postgresql://db/shop",
            Optional.of("etl"),
            Optional.of("s3cr3t"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    private final PostgresErrors errors = new PostgresErrors(new Failures(access, "db:5432/shop"));

    @ParameterizedTest
    @CsvSource({
        "53100, JDBC-DISK-FULL, TRANSIENT",
        "53200, JDBC-SERVER, TRANSIENT",
        "40001, JDBC-CONFLICT, TRANSIENT",
        "40P01, JDBC-CONFLICT, TRANSIENT",
        "57014, JDBC-LOCKED, TRANSIENT",
        "57P03, JDBC-CONNECTION-LOST, CONNECTION",
        "08006, JDBC-CONNECTION-LOST, CONNECTION",
        "XX000, JDBC-SERVER, TRANSIENT",
        "42501, JDBC-PERMISSION, FATAL",
        "42601, JDBC-ERROR, FATAL",
    })
    void shouldSayWhetherTryingAgainCanHelp(String state, String code, Category category) {
        ErrorInfo error =
                errors.translate("cannot write", new SQLException("no", state)).error();

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.category()).isEqualTo(category);
    }

    @Test
    void shouldSayItInOneLineWithoutThePassword() {
        SQLException cause = new SQLException("refused\n  password=s3cr3t " + "x".repeat(1000), "08001");

        ErrorInfo error =
                errors.translate("cannot write to table 'orders'", cause).error();

        assertThat(error.message())
                .startsWith("cannot write to table 'orders' in db:5432/shop: refused password=*** x")
                .doesNotContain("\n")
                .hasSizeLessThan(700);
        assertThat(access.toString()).doesNotContain("s3cr3t");
    }
}
