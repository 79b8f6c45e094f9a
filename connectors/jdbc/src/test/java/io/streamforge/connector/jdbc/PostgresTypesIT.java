package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.RandomRows;
import io.streamforge.testing.Records;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTypesIT {

    private final PostgresTarget target =
            new PostgresTarget(EmbeddedPostgresServer.shared().newDatabase());
    private final PostgresDatabase database = target.database();

    @ParameterizedTest
    @ValueSource(strings = {"insert", "upsert"})
    void shouldKeepRandomRowsOfEveryTypeInATableItCreates(String mode) throws ConnectorException {
        for (long seed = 1; seed <= 3; seed++) {
            // given
            database.execute("DROP TABLE IF EXISTS target", "DROP TABLE IF EXISTS streamforge_offsets");
            RowSchema schema = everyType();
            RandomRows random = new RandomRows(seed);
            Records records = Records.of(schema, 0, 0);
            List<Map<String, @Nullable Object>> expected = new ArrayList<>();
            for (long id = 0; id < 500; id++) {
                List<@Nullable Object> row = random.row(schema);
                row.set(0, id);
                records.put(row);
                expected.add(normalised(schema, row));
            }
            Map<String, Object> options = target.options();
            options.put("mode", mode);

            // when
            List<Rejection> rejected = new SinkRun(new PostgresConnector(), options)
                    .write(schema, records.batch())
                    .rejected();

            // then
            assertThat(rejected).describedAs("seed %d", seed).isEmpty();
            List<Map<String, @Nullable Object>> rows = target.rows(schema);
            rows.forEach(row -> row.replaceAll((name, value) -> comparable(value)));
            assertThat(rows).describedAs("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void shouldKeepInfinityAndNotANumber() throws ConnectorException {
        assertThat(stored(DataType.FLOAT64, "double precision", Double.NaN)).isEqualTo("NaN");
        assertThat(stored(DataType.FLOAT64, "double precision", Double.NEGATIVE_INFINITY))
                .isEqualTo("-Infinity");
        assertThat(stored(DataType.FLOAT32, "double precision", Float.POSITIVE_INFINITY))
                .isEqualTo("Infinity");
        assertThat(stored(DataType.FLOAT64, "double precision", -0.0)).isEqualTo("-0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INT32         | smallint      | 32767              | 32767
            INT64         | integer       | -2147483648        | -2147483648
            INT64         | numeric(5,0)  | -99999             | -99999
            INT32         | double precision | 7               | 7
            UINT64        | bigint        | 9223372036854775807 | 9223372036854775807
            UINT64        | numeric       | 18446744073709551615 | 18446744073709551615
            DECIMAL(10,0) | bigint        | 9999999999         | 9999999999
            DECIMAL(12,2) | numeric       | -0.05              | -0.05
            DECIMAL(12,2) | numeric(20,6) | 12345678.90        | 12345678.900000
            DECIMAL(12,2) | numeric(6,2)  | 9999.99            | 9999.99
            DECIMAL(40,3) | numeric(40,3) | 1234567890123456789012345678901234567.891 | 1234567890123456789012345678901234567.891
            DECIMAL(9,8)  | numeric(9,8)  | 0.00010000         | 0.00010000
            DECIMAL(5,0)  | numeric(5,0)  | 10000              | 10000
            STRING        | varchar(4)    | äöü€               | äöü€
            STRING        | char(4)       | ab                 | ab
            STRING        | citext        | MiXed              | MiXed
            STRING        | mood          | happy              | happy
            STRING        | email         | a@b                | a@b
            STRING        | uuid          | c0ffee00-dead-4bad-8bad-0123456789AB | c0ffee00-dead-4bad-8bad-0123456789ab
            STRING        | jsonb         | {"b":1,"a":2}      | {"a": 2, "b": 1}
            STRING        | json          | {"b":1,"a":2}      | {"b":1,"a":2}
            UUID          | text          | c0ffee00-dead-4bad-8bad-0123456789ab | c0ffee00-dead-4bad-8bad-0123456789ab
            TIMESTAMP(3)  | timestamp(6)  | 2024-02-29T12:00:00.123 | 2024-02-29 12:00:00.123
            TIMESTAMP(0)  | timestamp(0)  | 0001-01-01T00:00:00 | 0001-01-01 00:00:00
            TIME(3)       | time(3)       | 23:59:59.999       | 23:59:59.999
            INTERVAL      | interval      | P1Y2M3DT4H5M6.7S   | 1 year 2 mons 3 days 04:05:06.7
            INTERVAL      | interval      | -P2WT-0.000001S    | -14 days +00:00:00.000001
            INTERVAL      | text          | P14M               | P14M
            JSON          | text          | [1, 2]             | [1, 2]
            """)
    void shouldKeepAValueInAnExistingColumn(DataType type, String column, String value, String stored)
            throws ConnectorException {
        assertThat(stored(type, column, TextValues.parse(type, value))).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INT32         | smallint      | 32768
            INT64         | integer       | -2147483649
            INT64         | numeric(5,0)  | 100000
            INT64         | numeric(5,2)  | 1000
            UINT64        | bigint        | 9223372036854775808
            DECIMAL(10,0) | integer       | 9999999999
            DECIMAL(12,2) | numeric(6,2)  | 10000.00
            DECIMAL(60,2) | numeric(6,2)  | 1000000000000000000000000000.00
            STRING        | varchar(4)    | abcd+
            STRING        | mood          | angry
            STRING        | email         | nobody
            STRING        | uuid          | c0ffee00-dead-4bad-8bad-0123456789xx
            STRING        | uuid          | c0ffee00
            STRING        | jsonb         | {"a":
            DATE          | date          | -5000-01-01
            TIMESTAMP(6)  | timestamp     | -5000-01-01T00:00:00
            INTERVAL      | interval      | P1Y2X
            INTERVAL      | interval      | PT0.0000001S
            INTERVAL      | interval      | P999999999Y
            """)
    void shouldRejectAValueThatTheColumnCannotHold(DataType type, String column, String value)
            throws ConnectorException {
        List<Rejection> rejected = write(type, column, TextValues.parse(type, value));

        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0).code()).isIn("JDBC-VALUE", "JDBC-CHECK");
        assertThat(rejected.get(0).message()).isNotBlank().doesNotContain("\n");
        assertThat(database.number("SELECT count(*) FROM target")).isZero();
    }

    @Test
    void shouldRejectTextThatPostgresqlWouldCut() throws ConnectorException {
        assertThat(write(DataType.STRING, "varchar(4)", "abcd  "))
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.message())
                        .contains("sample", "longer than the target column's 4 characters"));
        assertThat(write(DataType.STRING, "text", "a\0b"))
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.message()).contains("U+0000"));
        assertThat(write(DataType.JSON, "jsonb", "{\"a\":\"\\u0000\"}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INT32           | text, boolean, real, date
            INT64           | double precision, real, text, timestamp
            UINT64          | double precision, text
            FLOAT32         | numeric, bigint, text
            FLOAT64         | real, numeric
            DECIMAL(12,2)   | numeric(12,1), bigint, double precision, text, money
            STRING          | integer, bytea, timestamp, interval, inet, xml
            BYTES           | text, uuid
            UUID            | bytea, bigint
            BOOLEAN         | integer, text
            DATE            | timestamp, text
            TIME(6)         | time(3), timetz, interval
            TIMESTAMP(6)    | timestamp(3), timestamptz, date, text
            TIMESTAMP(9)    | timestamp, text
            TIMESTAMP_TZ(6) | timestamptz(3), timestamp, bigint
            TIMESTAMP_TZ(9) | timestamptz
            INTERVAL        | interval day to second, interval(3), bigint
            JSON            | hstore_like, bytea
            ARRAY(INT64)    | bigint, text[], double precision[], text
            MAP(STRING)     | text, text[]
            """)
    void shouldRefuseAColumnThatWouldChangeTheValues(DataType type, String columns) throws ConnectorException {
        for (String column : columns.split(", ")) {
            create(column);

            assertThat(run().check(schema(type)))
                    .describedAs("%s to %s", type, column)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("JDBC-TYPE");
                        assertThat(problem.path()).isEqualTo("columns.sample");
                        assertThat(problem.message()).contains(type.toString());
                        assertThat(problem.suggestion()).contains(type + " goes to ", "CAST");
                    });
        }
    }

    private static RowSchema everyType() {
        List<DataType> types = List.of(
                DataType.BOOLEAN,
                DataType.INT32,
                DataType.INT64,
                DataType.UINT64,
                DataType.FLOAT32,
                DataType.FLOAT64,
                DataType.decimal(12, 2),
                DataType.decimal(18, 18),
                DataType.decimal(4, 0),
                DataType.decimal(77, 33),
                DataType.STRING,
                DataType.BYTES,
                DataType.UUID,
                DataType.DATE,
                DataType.time(0),
                DataType.time(6),
                DataType.timestamp(0),
                DataType.timestamp(6),
                DataType.timestampTz(3),
                DataType.timestampTz(6),
                DataType.INTERVAL,
                DataType.JSON,
                DataType.array(DataType.BOOLEAN),
                DataType.array(DataType.INT64),
                DataType.array(DataType.FLOAT64),
                DataType.array(DataType.decimal(20, 5)),
                DataType.array(DataType.STRING),
                DataType.array(DataType.UUID),
                DataType.map(DataType.STRING));
        List<Column> columns = new ArrayList<>();
        columns.add(Column.required("id", DataType.INT64));
        types.forEach(type -> columns.add(Column.nullable("c" + columns.size(), type)));
        return new RowSchema("every_type", columns, List.of("id"));
    }

    private static Map<String, @Nullable Object> normalised(RowSchema schema, List<@Nullable Object> row) {
        Map<String, @Nullable Object> normalised = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Column column = schema.column(i);
            normalised.put(column.name(), comparable(PostgresTarget.normalised(column, row.get(i))));
        }
        return normalised;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    private String stored(DataType type, String column, Object value) throws ConnectorException {
        assertThat(write(type, column, value)).isEmpty();
        return (String) Objects.requireNonNull(
                database.query("SELECT sample::text FROM target").get(0).get(0));
    }

    private List<Rejection> write(DataType type, String column, Object value) throws ConnectorException {
        create(column);
        RowSchema schema = schema(type);
        assertThat(run().check(schema)).isEmpty();
        return run().write(
                        schema,
                        Records.of(schema, 0, 0)
                                .put(Collections.singletonList(value))
                                .batch())
                .rejected();
    }

    private void create(String column) {
        database.execute(
                "DROP TABLE IF EXISTS target",
                "DROP TABLE IF EXISTS streamforge_offsets",
                "CREATE EXTENSION IF NOT EXISTS citext",
                "DROP TYPE IF EXISTS mood, hstore_like",
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE TYPE hstore_like AS (k text, v text)",
                "DROP DOMAIN IF EXISTS email",
                "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
                "CREATE TABLE target (sample " + column + ")");
    }

    private SinkRun run() {
        return new SinkRun(new PostgresConnector(), target.options());
    }

    private static RowSchema schema(DataType type) {
        return new RowSchema("samples", List.of(Column.nullable("sample", type)), List.of());
    }
}
