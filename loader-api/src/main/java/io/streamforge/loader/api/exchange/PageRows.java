package io.streamforge.loader.api.exchange;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of the exchange on their way into a batch. */
public final class PageRows {

    private static final long MICROS_PER_MILLI = 1_000;

    private final RowSchema schema;
    private final String page;
    private final RowBuffer rows = new RowBuffer();
    private final RowWriter writer;
    private final List<RejectedRow> rejected = new ArrayList<>();

    /** @param page where the rows come from, for a person */
    public PageRows(RowSchema schema, String page) {
        this.schema = schema;
        this.page = page;
        writer = new RowWriter(schema).to(rows);
    }

    /**
     * @param values in the order of the columns, JSON or Java
     * @param time of the row, epoch milliseconds
     */
    public void add(int number, JsonNode raw, long time, List<? extends @Nullable Object> values) {
        try {
            for (int i = 0; i < schema.size(); i++) {
                writer.writeValue(value(values.get(i)));
            }
            writer.endRow(Op.UPSERT, time * MICROS_PER_MILLI);
        } catch (InvalidValueException | NumberFormatException e) {
            writer.abandonRow();
            rejected.add(new RejectedRow(
                    page + ", row " + number,
                    "INVALID-VALUE",
                    String.valueOf(e.getMessage()),
                    raw.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Input that is no row. */
    public void reject(RejectedRow row) {
        rejected.add(row);
    }

    /** Rows and what was rejected. */
    public int size() {
        return rows.rows() + rejected.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public RecordBatch batch(Position position) {
        return new RecordBatch(schema, rows, position, rejected);
    }

    /** The exchange writes amounts as strings. */
    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return switch (node.getNodeType()) {
                case STRING -> new BigDecimal(node.asString());
                case NUMBER -> node.decimalValue();
                case BOOLEAN -> node.booleanValue();
                default -> null;
            };
        }
        return value;
    }

    public static Instant time(JsonNode millis) {
        return Instant.ofEpochMilli(millis.asLong());
    }
}
