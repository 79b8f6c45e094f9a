package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.streamforge.connector.GraphTables;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Stage;
import io.streamforge.connector.StageOutput;
import io.streamforge.connector.StagePlan;
import io.streamforge.connector.StageRow;
import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stage and what it has given, as text: {@code symbol:A {"volume":1}}, {@code -edge} for a removed one. */
final class GraphRig {

    static final RowSchema CANDLES = new RowSchema(
            "candles",
            List.of(
                    Column.required("symbol", DataType.STRING),
                    Column.required("open_time", DataType.timestampTz(3)),
                    Column.nullable("close", DataType.decimal(28, 8)),
                    Column.nullable("volume", DataType.FLOAT64),
                    Column.nullable("trades", DataType.INT64)),
            List.of("symbol", "open_time"));

    private static final Instant START = Instant.parse("2024-08-01T00:00:00Z");

    private final Stage stage;
    private final StageOutput output;

    GraphRig(String configuration) {
        List<Problem> problems = new ArrayList<>();
        Optional<StagePlan> plan = plan(configuration, List.of(CANDLES), problems);
        if (plan.isEmpty()) {
            fail("the configuration has problems: %s", problems);
        }
        stage = plan.orElseThrow().open();
        output = new StageOutput(plan.orElseThrow().output());
    }

    static Optional<StagePlan> plan(String json, List<RowSchema> input, List<Problem> problems) {
        return new GraphProvider().plan(Json.MAPPER.readValue(json, Object.class), input, problems);
    }

    /** A candle of an hour counted from the first of August. */
    record Candle(
            String symbol,
            int hour,
            @Nullable Object close,
            @Nullable Double volume,
            @Nullable Long trades) {

        static Candle of(String symbol, int hour, double close) {
            return new Candle(symbol, hour, BigDecimal.valueOf(close).setScale(8, RoundingMode.HALF_UP), 1.0, 1L);
        }

        List<@Nullable Object> values() {
            return Arrays.asList(symbol, START.plusSeconds(hour * 3600L), close, volume, trades);
        }
    }

    /** What the stage gives for a row. */
    List<String> give(long offset, Candle candle) {
        RowBuffer rows = new RowBuffer();
        RowWriter writer = new RowWriter(CANDLES).to(rows);
        candle.values().forEach(writer::writeValue);
        writer.endRow();
        stage.process(new StageRow(offset, 0, Op.UPSERT, 0, new RowCursor(CANDLES).wrap(rows, 0)), output);
        return taken();
    }

    List<String> delete(long offset, String symbol, int hour) {
        RowSchema keys = CANDLES.keySchema();
        RowBuffer rows = new RowBuffer();
        RowWriter writer = new RowWriter(keys).to(rows);
        writer.writeValue(symbol);
        writer.writeValue(START.plusSeconds(hour * 3600L));
        writer.endRow();
        stage.process(new StageRow(offset, 0, Op.DELETE, 0, new RowCursor(keys).wrap(rows, 0)), output);
        return taken();
    }

    List<String> end() {
        stage.end(output);
        return taken();
    }

    Optional<StageOutput.Rejection> rejection() {
        return output.takeRejection();
    }

    Optional<Long> needed() {
        var needed = stage.needed();
        return needed.isPresent() ? Optional.of(needed.getAsLong()) : Optional.empty();
    }

    private List<String> taken() {
        List<String> given = new ArrayList<>();
        for (int table = 0; table < GraphTables.SCHEMAS.size(); table++) {
            RowSchema schema = GraphTables.SCHEMAS.get(table);
            RowBuffer rows = output.take(table);
            for (int i = 0; i < rows.rows(); i++) {
                given.add(
                        rows.op(i) == Op.DELETE
                                ? "-"
                                        + new RowCursor(schema.keySchema())
                                                .wrap(rows, i)
                                                .value(0)
                                : shown(new RowCursor(schema).wrap(rows, i).toMap()));
            }
        }
        return given;
    }

    private static String shown(Map<String, @Nullable Object> row) {
        StringBuilder text = new StringBuilder().append(row.get("id"));
        for (String column : List.of("weight", "properties", "valid_from", "valid_to")) {
            Object value = row.get(column);
            if (value != null && !value.equals(ElementWriter.NO_PROPERTIES)) {
                text.append(' ').append(value instanceof Double weight ? "%.6f".formatted(weight) : value);
            }
        }
        assertThat(row.get("id").toString()).startsWith(row.get("label") + ":");
        return text.toString();
    }
}
