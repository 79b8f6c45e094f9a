package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.Records;
import io.streamforge.testing.SinkContract;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresCheckIT {

    private final PostgresTarget target =
            new PostgresTarget(EmbeddedPostgresServer.shared().newDatabase());
    private final PostgresDatabase database = target.database();
    private final Map<String, Object> options = target.options();

    @Test
    void shouldReportEveryMistakeAtOnce() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (id int, custmer text, total numeric(6,2), "
                + "doubled numeric GENERATED ALWAYS AS (total * 2) STORED, region text NOT NULL)");
        RowSchema schema = new RowSchema(
                "orders",
                List.of(
                        Column.required("id", DataType.DATE),
                        Column.required("customer", DataType.STRING),
                        Column.required("TOTAL", DataType.decimal(8, 4)),
                        Column.required("doubled", DataType.decimal(8, 2))),
                List.of());

        // when
        List<Problem> problems = check(schema);

        // then
        assertThat(problems)
                .extracting(Problem::code, Problem::path)
                .containsExactly(
                        tuple("JDBC-TYPE", "columns.id"),
                        tuple("JDBC-NO-COLUMN", "columns.customer"),
                        tuple("JDBC-TYPE", "columns.TOTAL"),
                        tuple("JDBC-COLUMN-GENERATED", "columns.doubled"),
                        tuple("JDBC-COLUMN-REQUIRED", "columns.region"));
        assertThat(problems.get(1).suggestion()).startsWith("did you mean 'custmer'?");
        assertThat(problems.get(2).message()).contains("numeric(6,2)", "DECIMAL(8,4)");
    }

    @Test
    void shouldMatchColumnsByExactNameBeforeCase() throws ConnectorException {
        // given
        database.execute("CREATE TABLE target (\"Id\" bigint, id bigint, \"Customer\" text, amount numeric(12,2))");

        // when
        assertThat(check(SinkContract.ORDERS)).isEmpty();
        run().write(
                        SinkContract.ORDERS,
                        Records.of(SinkContract.ORDERS, 0, 0).put(1L, "x", null).batch());

        // then
        assertThat(database.query("SELECT \"Id\", id, \"Customer\" FROM target"))
                .containsExactly(Arrays.asList(null, 1L, "x"));
    }

    @Test
    void shouldAskForAKeyThatTheTableKeepsUnique() throws ConnectorException {
        // given
        options.put("mode", "upsert");
        database.execute("CREATE TABLE target (id bigint, customer text UNIQUE, amount numeric(12,2))");

        // then
        assertThat(check(SinkContract.ORDERS)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("JDBC-NO-UNIQUE-KEY");
            assertThat(problem.message()).contains("[id]", "[[customer]]");
            assertThat(problem.suggestion()).contains("CREATE UNIQUE INDEX");
        });
        options.put("key", "customer");
        assertThat(check(SinkContract.ORDERS)).isEmpty();
    }

    @Test
    void shouldAskForAKeyWhenRowsHaveNone() throws ConnectorException {
        options.put("mode", "upsert");
        RowSchema keyless = SinkContract.ORDERS.withKey(List.of());

        assertThat(check(keyless)).extracting(Problem::code).containsExactly("JDBC-NO-KEY");
        options.put("key", List.of("ids"));
        assertThat(check(keyless)).singleElement().satisfies(problem -> assertThat(problem.suggestion())
                .contains("did you mean 'id'"));
    }

    @Test
    void shouldNotCreateATableUnasked() throws ConnectorException {
        options.put("create_table", false);

        assertThat(check(SinkContract.ORDERS)).extracting(Problem::code).containsExactly("JDBC-NO-TABLE");
    }

    @Test
    void shouldNameAMissingSchemaAndAView() throws ConnectorException {
        options.put("table", "nowhere.target");
        assertThat(check(SinkContract.ORDERS)).extracting(Problem::code).containsExactly("JDBC-NO-SCHEMA");

        database.execute("CREATE VIEW v AS SELECT 1::bigint AS id, 'x'::text AS customer, 1::numeric(12,2) AS amount");
        options.put("table", "v");
        assertThat(check(SinkContract.ORDERS)).extracting(Problem::code).containsExactly("JDBC-NOT-A-TABLE");
    }

    @Test
    void shouldRefuseNamesThatPostgresqlWouldCut() throws ConnectorException {
        RowSchema schema = new RowSchema("long", List.of(Column.required("x".repeat(64), DataType.STRING)), List.of());

        assertThat(check(schema)).extracting(Problem::code).containsExactly("JDBC-COLUMN-NAME");
    }

    @Test
    void shouldNameMissingPermissions() throws ConnectorException {
        // given
        String user = "reader_" + database.name();
        database.execute(
                "CREATE ROLE " + user + " LOGIN",
                "REVOKE CREATE ON SCHEMA public FROM public",
                "REVOKE TEMPORARY ON DATABASE " + database.name() + " FROM public",
                "CREATE TABLE target (id bigint PRIMARY KEY, customer text, amount numeric(12,2))",
                "GRANT SELECT, INSERT ON target TO " + user);
        options.put("username", user);
        options.put("mode", "upsert");

        // then
        assertThat(check(SinkContract.ORDERS)).extracting(Problem::code).containsOnly("JDBC-PERMISSION");
        assertThat(check(SinkContract.ORDERS))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("UPDATE"))
                .anyMatch(message -> message.contains("DELETE"))
                .anyMatch(message -> message.contains("streamforge_offsets"))
                .anyMatch(message -> message.contains("temporary"));
        options.put("table", "other");
        assertThat(check(SinkContract.ORDERS))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("may not create tables in schema 'public'"));
        database.execute("DROP OWNED BY " + user, "DROP ROLE " + user);
    }

    @Test
    void shouldSeeAReadOnlyDatabase() throws ConnectorException {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

        assertThat(check(SinkContract.ORDERS)).extracting(Problem::code).containsExactly("JDBC-READ-ONLY");
    }

    @Test
    void shouldCreateTheTableAsTheRowsAre() throws ConnectorException {
        // given
        database.execute("CREATE SCHEMA \"Shop\"");
        options.put("table", "\"Shop\".\"Order.Items\"");
        options.put("key", List.of("customer", "id"));

        // when
        run().write(
                        SinkContract.ORDERS,
                        Records.of(SinkContract.ORDERS, 0, 0).put(1L, "x", null).batch());

        // then
        assertThat(database.query("SELECT column_name, data_type, is_nullable FROM information_schema.columns "
                        + "WHERE table_schema = 'Shop' AND table_name = 'Order.Items' ORDER BY ordinal_position"))
                .containsExactly(
                        List.of("id", "bigint", "NO"),
                        List.of("customer", "text", "NO"),
                        List.of("amount", "numeric", "YES"));
        assertThat(database.query("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND "
                        + "conrelid = '\"Shop\".\"Order.Items\"'::regclass"))
                .containsExactly(List.of("PRIMARY KEY (customer, id)"));
        assertThat(database.number("SELECT count(*) FROM \"Shop\".streamforge_offsets"))
                .isEqualTo(1);
    }

    @Test
    void shouldTakeANameWithoutQuotesAsSqlDoes() throws ConnectorException {
        options.put("table", "Orders");
        run().write(
                        SinkContract.ORDERS,
                        Records.of(SinkContract.ORDERS, 0, 0).put(1L, "x", null).batch());

        assertThat(database.number("SELECT count(*) FROM orders")).isEqualTo(1);
    }

    private List<Problem> check(RowSchema schema) throws ConnectorException {
        return run().check(schema);
    }

    private SinkRun run() {
        return new SinkRun(new PostgresConnector(), options);
    }
}
