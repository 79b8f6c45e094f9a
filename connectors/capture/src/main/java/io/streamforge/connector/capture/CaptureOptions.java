package io.streamforge.connector.capture;

import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The options that all captures have, declared once. */
public final class CaptureOptions {

    public static final String TABLES = "tables";

    private static final String CAPTURE = "capture";
    private static final String WITH_SNAPSHOT = "snapshot-and-changes";
    private static final String SCHEMA_CHANGES = "schema_changes";
    private static final String EXCLUDED = "exclude_schema_changes";
    private static final String CHUNK_ROWS = "chunk_rows";
    private static final String SNAPSHOT_RATE = "snapshot_rate";
    private static final String HEARTBEAT = "heartbeat";
    private static final double MOST_CHUNK_ROWS = 1_000_000;
    private static final double MOST_RATE = 1e9;
    private static final double SHORTEST_HEARTBEAT = 100;
    private static final double LONGEST_HEARTBEAT = 3_600_000;

    private CaptureOptions() {}

    /** @param example such as {@code shop.orders, shop.order_*} */
    public static List<OptionSpec> all(String example) {
        return List.of(
                OptionSpec.of(
                                TABLES,
                                OptionType.LIST,
                                "The tables, with their schema or database; * and ? stand for any letters and for one. Each has a "
                                        + "primary key. A table that appears while a run goes on joins it within seconds where the "
                                        + "targets' names have {table} in them, and otherwise the next run; the others go on.")
                        .withRequired()
                        .withExample(example),
                OptionSpec.of(
                                CAPTURE,
                                OptionType.STRING,
                                "Whether the rows that the tables have already are read first, or their changes from now on alone.")
                        .withDefault(WITH_SNAPSHOT)
                        .withAllowed(WITH_SNAPSHOT, "changes"),
                OptionSpec.of(
                                SCHEMA_CHANGES,
                                OptionType.STRING,
                                "What becomes of a table whose columns change: 'exception' halts the run; 'evolve' lets relational targets "
                                        + "follow (new columns, which allow null there, and wider types) and halts at everything else; "
                                        + "'lenient' is evolve, and a column that went stays at the target, null from then on; 'ignore' goes "
                                        + "on with the columns of the run's start, where a column that went is null, and halts where that is "
                                        + "not possible.")
                        .withDefault(SchemaChangeMode.EXCEPTION.word())
                        .withAllowed(
                                SchemaChangeMode.EXCEPTION.word(),
                                SchemaChangeMode.EVOLVE.word(),
                                SchemaChangeMode.LENIENT.word(),
                                SchemaChangeMode.IGNORE.word()),
                OptionSpec.of(
                                EXCLUDED,
                                OptionType.LIST,
                                "Kinds of change that are treated as by 'ignore', whatever schema_changes says.")
                        .withAllowed(Arrays.stream(SchemaChangeKind.values())
                                .map(SchemaChangeKind::word)
                                .toArray(String[]::new))
                        .withExample("drop_column"),
                OptionSpec.of(CHUNK_ROWS, OptionType.INTEGER, "Most rows that are read of a table at once.")
                        .withDefault("20000")
                        .withBounds(1, MOST_CHUNK_ROWS),
                OptionSpec.of(
                                SNAPSHOT_RATE,
                                OptionType.INTEGER,
                                "Rows per second that are read of tables at most, to spare the source; 0 for as many as come.")
                        .withDefault("0")
                        .withBounds(0, MOST_RATE),
                OptionSpec.of(
                                HEARTBEAT,
                                OptionType.DURATION,
                                "How often the position moves on while nobody writes to the tables, so that the source need not keep its log.")
                        .withDefault("5s")
                        .withBounds(SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT));
    }

    public static CaptureSettings settings(Options options) {
        return new CaptureSettings(
                options.string(CAPTURE).equals(WITH_SNAPSHOT),
                (int) options.integer(CHUNK_ROWS),
                options.integer(SNAPSHOT_RATE),
                new SchemaChanges(
                        SchemaChangeMode.ofWord(options.string(SCHEMA_CHANGES)),
                        options.list(EXCLUDED).stream()
                                .collect(Collectors.toMap(
                                        SchemaChangeKind::ofWord,
                                        kind -> SchemaChangeMode.IGNORE,
                                        (one, same) -> one))),
                options.duration(HEARTBEAT));
    }
}
