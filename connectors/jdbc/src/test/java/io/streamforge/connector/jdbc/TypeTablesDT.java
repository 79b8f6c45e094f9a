package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.jdbc.source.MySqlTypes;
import io.streamforge.connector.jdbc.source.PostgresTypes;
import io.streamforge.connector.jdbc.source.SqliteTypes;
import io.streamforge.record.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of types in the module's README are what the code does. */
class TypeTablesDT {

    private static final List<DataType> TYPES = Stream.of(
                    "BOOLEAN",
                    "INT32",
                    "INT64",
                    "UINT64",
                    "FLOAT32",
                    "FLOAT64",
                    "DECIMAL(12,2)",
                    "DECIMAL(12,0)",
                    "DECIMAL(38,9)",
                    "STRING",
                    "BYTES",
                    "UUID",
                    "DATE",
                    "TIME(3)",
                    "TIMESTAMP(3)",
                    "TIMESTAMP(9)",
                    "TIMESTAMP_TZ(3)",
                    "TIMESTAMP_TZ(9)",
                    "INTERVAL",
                    "JSON",
                    "ARRAY(INT64)",
                    "ARRAY(ARRAY(INT64))",
                    "MAP(STRING)")
            .map(DataType::parse)
            .toList();

    @Test
    void shouldDocumentWhereEachTypeGoesInPostgresql() throws IOException {
        Map<String, String> columns = new LinkedHashMap<>();
        Stream.of(
                        "boolean",
                        "smallint",
                        "integer",
                        "bigint",
                        "numeric",
                        "real",
                        "double precision",
                        "text",
                        "citext",
                        "enum",
                        "uuid",
                        "bytea",
                        "date",
                        "interval",
                        "jsonb",
                        "json",
                        "bigint[]")
                .forEach(name -> columns.put(name, name));
        columns.put("varchar", "character varying(10)");
        columns.put("char", "character(10)");
        columns.put("time", "time without time zone");
        columns.put("timestamp", "timestamp without time zone");
        columns.put("timestamptz", "timestamp with time zone");

        assertThat(readme()).contains(table(new PostgresDialect(settings(), "db"), columns));
    }

    @Test
    void shouldDocumentWhereEachTypeGoesInSqlite() throws IOException {
        Map<String, String> columns = new LinkedHashMap<>();
        Stream.of("INTEGER", "REAL", "NUMERIC", "TEXT", "BLOB").forEach(name -> columns.put(name, name));

        SqliteFile file = SqliteFile.parse("jdbc:sqlite:x.db").orElseThrow();
        assertThat(readme()).contains(table(new SqliteDialect(settings(), file), columns));
    }

    @Test
    void shouldDocumentWhereEachTypeGoesInMysql() throws IOException {
        Map<String, String> columns = new LinkedHashMap<>();
        Stream.of("tinyint", "smallint", "mediumint", "int", "bigint", "float", "double", "date")
                .forEach(name -> columns.put(name, name));
        columns.put("decimal", "decimal(65,30)");
        columns.put("bit", "bit(1)");
        columns.put("text", "longtext");
        columns.put("blob", "longblob");
        columns.put("varchar", "varchar(64)");
        columns.put("char", "char(64)");
        columns.put("varbinary", "varbinary(64)");
        columns.put("binary", "binary(64)");
        columns.put("enum", "enum('a')");
        columns.put("set", "set('a')");
        columns.put("json", "json");
        columns.put("uuid", "uuid");
        columns.put("time", "time(6)");
        columns.put("datetime", "datetime(6)");
        columns.put("timestamp", "timestamp(6)");

        assertThat(readme()).contains(table(new MySqlDialect(settings(), "db"), columns));
    }

    @Test
    void shouldDocumentWhatTypesOfPostgresqlBecome() throws IOException {
        String table = Stream.of(
                        "boolean",
                        "smallint",
                        "integer",
                        "bigint",
                        "oid",
                        "real",
                        "double precision",
                        "numeric(12,2)",
                        "numeric(5,-2)",
                        "numeric(3,5)",
                        "numeric",
                        "money",
                        "text",
                        "character varying(10)",
                        "character(10)",
                        "enum",
                        "citext",
                        "xml",
                        "bytea",
                        "uuid",
                        "json",
                        "jsonb",
                        "date",
                        "time(3) without time zone",
                        "time with time zone",
                        "timestamp(3) without time zone",
                        "timestamp with time zone",
                        "interval",
                        "inet",
                        "bit(3)",
                        "bigint[]",
                        "numeric(9,2)[]",
                        "inet[]")
                .map(type -> "| `%s` | %s |\n"
                        .formatted(type, PostgresTypes.column("c", type, true).logical()))
                .collect(Collectors.joining());

        assertThat(readme()).contains(table);
    }

    @Test
    void shouldDocumentWhatTypesOfMysqlBecome() throws IOException {
        String table = Stream.of(
                        "tinyint(1)",
                        "smallint",
                        "mediumint unsigned",
                        "int",
                        "int unsigned",
                        "bigint",
                        "bigint unsigned",
                        "year",
                        "bit(1)",
                        "bit(8)",
                        "bit(64)",
                        "float",
                        "double",
                        "decimal(12,2)",
                        "char(5)",
                        "varchar(20)",
                        "longtext",
                        "enum('a','b')",
                        "set('a','b')",
                        "inet6",
                        "binary(4)",
                        "longblob",
                        "json",
                        "uuid",
                        "date",
                        "time(3)",
                        "datetime(6)",
                        "timestamp")
                .map(type -> "| `%s` | %s |\n"
                        .formatted(type, MySqlTypes.column("c", type, true).logical()))
                .collect(Collectors.joining());

        assertThat(readme()).contains(table);
    }

    @Test
    void shouldDocumentWhatColumnsOfSqliteBecome() throws IOException {
        String table = Stream.of("BOOLEAN", "INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC", "DECIMAL(12,2)")
                .map(type -> "| `%s` | %s |\n"
                        .formatted(type, SqliteTypes.column("c", type, true).logical()))
                .collect(Collectors.joining());

        assertThat(readme()).contains(table);
    }

    private static String table(Dialect dialect, Map<String, String> columns) {
        return TYPES.stream()
                .map(type -> "| %s | %s | %s |\n"
                        .formatted(
                                type,
                                dialect.createdType(type)
                                        .map(created -> "`" + created + "`")
                                        .orElse("refused"),
                                accepted(dialect, type, columns)))
                .collect(Collectors.joining());
    }

    private static String accepted(Dialect dialect, DataType type, Map<String, String> columns) {
        String accepted = columns.entrySet().stream()
                .filter(entry -> dialect.fits(type, new TargetColumn("c", entry.getValue(), true, false, false)))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return accepted.isEmpty() ? "–" : accepted;
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static JdbcSettings settings() {
        JdbcAccess access = new JdbcAccess(
                "jdbc:postgresql://db/shop",
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        return new JdbcSettings(
                access, TableName.parse("orders"), WriteMode.INSERT, List.of(), true, List.of(), List.of());
    }
}
