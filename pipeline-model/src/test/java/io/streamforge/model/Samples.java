package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Problem;
import io.streamforge.connector.StagePlan;
import io.streamforge.connector.StageProvider;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Connectors, operators and systems that tests plan with. */
final class Samples {

    static final RowSchema ORDERS = new RowSchema(
            "orders",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.nullable("first_name", DataType.STRING),
                    Column.nullable("age", DataType.INT32),
                    Column.nullable("status", DataType.STRING),
                    Column.nullable("total", DataType.decimal(12, 2))),
            List.of("id"));

    static final ConnectorDescriptors CONNECTORS =
            ConnectorDescriptors.of(List.of(file(), archive(), mysql(), postgresql(), sqlite(), exchange()));

    static final OperatorCatalog OPERATORS = new OperatorCatalog(
            Map.of("filter", new FilterProvider(), "map", new MapProvider()),
            Map.of("sum", sum(), "network", network()));

    private Samples() {}

    private static ConnectorDescriptor file() {
        OptionSpec path = OptionSpec.of("path", OptionType.STRING, "Where the files lie.")
                .withRequired()
                .withExample("orders.csv");
        OptionSpec format = OptionSpec.of("format", OptionType.STRING, "How rows are written.")
                .withAllowed("csv", "jsonl");
        OptionSpec columns = OptionSpec.of("columns", OptionType.MAP, "Types by column.");
        OptionSpec header = OptionSpec.of("header", OptionType.BOOLEAN, "Whether the first row names the columns.")
                .withDefault("true");
        OptionSpec mode = OptionSpec.of("mode", OptionType.STRING, "What becomes of existing files.")
                .withAllowed("append", "replace")
                .withDefault("append");
        return new ConnectorDescriptor(
                "file",
                "Files",
                "CSV and JSON lines.",
                new Role("loader-producer", List.of(path, format, header, columns), "Exactly once into Kafka."),
                new Role("sink-connector", List.of(path, format, header, mode), "Effectively once."));
    }

    private static ConnectorDescriptor archive() {
        OptionSpec mode = mode().withDefault("replace");
        return new ConnectorDescriptor(
                "archive", "Archive", "Replaced as a whole.", null, new Role("sink-connector", List.of(mode), "None."));
    }

    private static ConnectorDescriptor mysql() {
        return new ConnectorDescriptor(
                "mysql",
                "MySQL",
                "MySQL and MariaDB.",
                new Role(
                        "loader-producer",
                        List.of(
                                url(),
                                OptionSpec.of("username", OptionType.STRING, "Who connects."),
                                password(),
                                OptionSpec.of("table", OptionType.STRING, "What is read."),
                                OptionSpec.of("split_key", OptionType.STRING, "Immutable key that splits are made of."),
                                OptionSpec.of("fetch_size", OptionType.INTEGER, "Rows per round trip.")
                                        .withBounds(1, 100_000)
                                        .withDefault("1000")),
                        "Exactly once into Kafka."),
                null);
    }

    private static ConnectorDescriptor postgresql() {
        return database("postgresql", "PostgreSQL", List.of(url(), password(), table(), mode(), key()));
    }

    private static ConnectorDescriptor sqlite() {
        return database("sqlite", "SQLite", List.of(url(), table(), mode(), key()));
    }

    private static ConnectorDescriptor database(String name, String title, List<OptionSpec> options) {
        return new ConnectorDescriptor(
                name, title, "A relational database.", null, new Role("sink-connector", options, "Effectively once."));
    }

    private static ConnectorDescriptor exchange() {
        return new ConnectorDescriptor(
                "exchange",
                "Exchange",
                "Candles and trades of an exchange.",
                new Role(
                        "loader-api",
                        List.of(
                                OptionSpec.of("base_url", OptionType.STRING, "Where it answers."),
                                OptionSpec.of("symbols", OptionType.LIST, "Traded pairs.")
                                        .withRequired(),
                                OptionSpec.of("type", OptionType.STRING, "What to load.")
                                        .withRequired(),
                                OptionSpec.of("time_range", OptionType.STRING, "First and last day.")
                                        .withRequired(),
                                OptionSpec.of("timeout", OptionType.DURATION, "Of a call.")
                                        .withBounds(100, 60_000)
                                        .withDefault("10s")),
                        "Exactly once into Kafka."),
                null);
    }

    private static OptionSpec url() {
        return OptionSpec.of("url", OptionType.STRING, "Where the database answers.")
                .withRequired()
                .withExample("jdbc:postgresql://db:5432/shop");
    }

    private static OptionSpec password() {
        return OptionSpec.of("password", OptionType.STRING, "The user's password.")
                .withSecret();
    }

    private static OptionSpec table() {
        return OptionSpec.of("table", OptionType.STRING, "The table to write to.")
                .withRequired()
                .withExample("orders");
    }

    private static OptionSpec mode() {
        return OptionSpec.of("mode", OptionType.STRING, "How rows are written.")
                .withAllowed("insert", "upsert", "update", "replace")
                .withDefault("insert");
    }

    private static OptionSpec key() {
        return OptionSpec.of("key", OptionType.LIST, "Columns that identify a row.");
    }

    /**
     * Knows one kind of rows, which change their columns behind a path with "evolving"; a path or URL with "missing" cannot be
     * reached, and tables called "narrow" lack a column.
     */
    static final class FakeDiscoverer implements Discoverer {

        @Override
        public boolean takesNewTables(String connector, Map<String, Object> options) {
            return String.valueOf(options.get("table")).contains("{table}");
        }

        @Override
        public List<Problem> checkTarget(String connector, Map<String, Object> options) {
            return List.of();
        }

        @Override
        public Discovery discover(String connector, Map<String, Object> options) throws ConnectorException {
            if (String.valueOf(options.get("path")).contains("missing")) {
                throw new ConnectorException(
                        new ErrorInfo(
                                "FILE-NOT-FOUND",
                                ErrorInfo.Category.FATAL,
                                "no file matches " + options.get("path"),
                                "path",
                                "check the path"),
                        null);
            }
            List<Split> splits = IntStream.range(0, connector.equals("mysql") ? 5 : 1)
                    .mapToObj(i -> new Split("part-" + i, Map.of()))
                    .toList();
            boolean evolving = String.valueOf(options.get("path")).contains("evolving");
            boolean joining = String.valueOf(options.get("path")).contains("joining");
            return new Discovery(List.of(ORDERS), splits, OptionalLong.of(1000), evolving, joining);
        }

        @Override
        public List<Problem> checkEvolving(String connector, Map<String, Object> options, List<RowSchema> schemas)
                throws ConnectorException {
            return check(connector, options, schemas);
        }

        @Override
        public List<Problem> check(String connector, Map<String, Object> options, List<RowSchema> schemas)
                throws ConnectorException {
            if (String.valueOf(options.get("url")).contains("missing")) {
                throw new ConnectorException(
                        "JDBC-CONNECTION-REFUSED",
                        ErrorInfo.Category.CONNECTION,
                        "cannot connect to " + options.get("url"),
                        "check host and port");
            }
            if ("narrow".equals(options.get("table"))) {
                return List.of(
                        new Problem("JDBC-NO-COLUMN", "columns.total", "the table has no such column", "drop it"),
                        new Problem("JDBC-NO-KEY", "key", "the table has no primary key", null));
            }
            return List.of();
        }
    }

    /** Sums by key, so that a stage per partition will do. */
    private static StageProvider sum() {
        RowSchema sums = new RowSchema(
                "sums",
                List.of(Column.required("id", DataType.INT64), Column.nullable("total", DataType.decimal(38, 2))),
                List.of("id"));
        return new SampleStage("sum", "summing", false, List.of(sums));
    }

    /** Has to see all rows, and gives those of two tables. */
    private static StageProvider network() {
        List<Column> columns =
                List.of(Column.required("id", DataType.STRING), Column.nullable("weight", DataType.FLOAT64));
        return new SampleStage(
                "network",
                "networking",
                true,
                List.of(
                        new RowSchema("nodes", columns, List.of("id")),
                        new RowSchema("links", columns, List.of("id"))));
    }

    /** Is configured by the name of a column. */
    private record SampleStage(String name, String worker, boolean onePartition, List<RowSchema> output)
            implements StageProvider {

        @Override
        public String description() {
            return "Remembers.";
        }

        @Override
        public Optional<StagePlan> plan(Object configuration, List<RowSchema> input, List<Problem> problems) {
            Object column = configuration instanceof Map<?, ?> members ? members.get("column") : null;
            if (input.stream().allMatch(table -> table.indexOf(String.valueOf(column)) < 0)) {
                problems.add(new Problem("UNKNOWN-COLUMN", "column", "'" + column + "' is not a column", null));
                return Optional.empty();
            }
            return Optional.of(new StagePlan(output, onePartition, () -> {
                throw new IllegalStateException("a plan opens nothing");
            }));
        }
    }

    /** Takes any text that names a column. */
    private static final class FilterProvider implements OperatorProvider {
        @Override
        public String name() {
            return "filter";
        }

        @Override
        public String description() {
            return "Keeps rows.";
        }

        @Override
        public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
            String column = String.valueOf(configuration).split(" ", 2)[0];
            if (input.indexOf(column) < 0) {
                problems.add(new Problem(
                        "UNKNOWN-COLUMN",
                        "",
                        "'" + column + "' is not a column",
                        Suggestions.sentence(
                                column,
                                input.columns().stream().map(Column::name).toList())));
                return Optional.empty();
            }
            return Optional.of(new Unchanged(input));
        }
    }

    /** Keeps the columns that are named, under new names. */
    private static final class MapProvider implements OperatorProvider {
        @Override
        public String name() {
            return "map";
        }

        @Override
        public String description() {
            return "Makes columns.";
        }

        @Override
        public Optional<Operator> compile(Object configuration, RowSchema input, List<Problem> problems) {
            List<Column> columns = new ArrayList<>();
            ((Map<?, ?>) configuration).forEach((name, column) -> {
                int index = input.indexOf(String.valueOf(column));
                if (index < 0) {
                    problems.add(new Problem(
                            "UNKNOWN-COLUMN", String.valueOf(name), "'" + column + "' is not a column", null));
                } else {
                    Column old = input.column(index);
                    columns.add(new Column(String.valueOf(name), old.type(), old.nullable()));
                }
            });
            if (!problems.isEmpty()) {
                return Optional.empty();
            }
            List<String> key = input.key().stream()
                    .filter(part ->
                            columns.stream().anyMatch(column -> column.name().equals(part)))
                    .toList();
            return Optional.of(new Unchanged(new RowSchema(input.name(), columns, key)));
        }
    }

    private record Unchanged(RowSchema output) implements Operator {
        @Override
        public RecordBatch apply(RecordBatch batch) {
            return batch;
        }
    }
}
