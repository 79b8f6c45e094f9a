package io.streamforge.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.jdbc.JdbcConnector;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcSourceIT {

    private static final int ROWS = 20_000;

    @TempDir
    Path directory;

    private H2Database database = new H2Database(Path.of(""));
    private SourceReader reader = new SourceReader(new JdbcConnector(), Map.of());

    @BeforeEach
    void open() {
        database = new H2Database(directory);
        reader = new SourceReader(new JdbcConnector(), Map.of("url", database.url()));
    }

    /** Keys that min and max alone would divide badly, and texts that a query must not take for its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint          | CASE WHEN x < 19000 THEN x ELSE x * 1000000000 END",
                "date            | dateadd(day, x, DATE '1000-01-01')",
                "timestamp(6)    | dateadd(minute, x, TIMESTAMP '2020-01-01 00:00:00')",
                "timestamp(6) with time zone | dateadd(minute, x, TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+02:00')",
                "varchar(40)     | concat(chr(92), chr(39), ' -- ', x)",
                "varbinary(16)   | hash('MD5', x)",
                "uuid            | CAST(hash('MD5', x) AS uuid)",
                "numeric(20,6)   | x / 7.0",
            })
    void shouldDivideAnyKeyIntoBalancedRangesThatHoldEachRowOnce(String type, String key) throws Exception {
        // given
        database.execute(
                "CREATE TABLE t (k " + type + " PRIMARY KEY, id int)",
                "INSERT INTO t SELECT " + key + ", x FROM system_range(1, " + ROWS + ")");

        // when
        Map<String, List<List<Object>>> splits =
                reader.splits(Map.of("table", "t", "columns", List.of("ID"), "splits", 4));

        // then
        assertThat(splits.values().stream().flatMap(List::stream))
                .as("rows of all splits")
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        assertThat(splits).hasSize(4);
        assertThat(splits.values()).allSatisfy(rows -> assertThat(rows).hasSize(ROWS / 4));
    }

    @Test
    void shouldGoOnBehindTheLastRowOfTheRunBefore() throws Exception {
        // given
        database.execute(
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.\"Order.Items\" (id int PRIMARY KEY, changed timestamp NOT NULL, total numeric(9,2))",
                "INSERT INTO shop.\"Order.Items\" VALUES (1, '2024-01-01 12:30:00', 1.5), (2, '2024-01-02 00:00:00', 2)");
        Map<String, Object> options =
                Map.of("table", "shop.\"Order.Items\"", "incremental", "CHANGED", "columns", List.of("ID", "TOTAL"));
        var seen = reader.last(options);

        // when
        database.execute(
                "INSERT INTO shop.\"Order.Items\" VALUES (3, '2024-01-02 00:00:00', 3)",
                "INSERT INTO shop.\"Order.Items\" VALUES (4, '2023-12-31 00:00:00', 4)");

        // then
        assertThat(reader.rows(options, seen)).containsExactly(List.of(3, new BigDecimal("3.00")));
    }

    @Test
    void shouldReadAQuery() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, name varchar(9))", "INSERT INTO t VALUES (1, 'a')");

        assertThat(reader.rows(Map.of("query", "SELECT id * 2 AS twice, name FROM t;"), null))
                .containsExactly(List.of(2, "a"));
    }

    @Test
    void shouldFindDriversInTheJarsOfADirectory() throws Exception {
        // given
        Path jar = Path.of(org.h2.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path drivers = Files.createDirectory(directory.resolve("drivers"));
        Files.copy(jar, drivers.resolve("h2.jar"));

        // when
        var found = new Drivers(Optional.of(drivers)).inDirectory();

        // then
        assertThat(found).singleElement().satisfies(driver -> {
            assertThat(driver.acceptsURL(database.url())).isTrue();
            assertThat(driver).isNotInstanceOf(org.h2.Driver.class);
        });
    }

    @Test
    void shouldShowNoSecretsOfAUrl() {
        assertThat(DriverReads.place("jdbc:oracle:thin:scott/tiger@//db:1521/x"))
                .isEqualTo("jdbc:oracle://db:1521/x");
        assertThat(DriverReads.place("jdbc:sqlserver://db;password=x")).isEqualTo("jdbc:sqlserver://db");
        assertThat(DriverReads.place(database.url())).isEqualTo(database.url());
    }
}
