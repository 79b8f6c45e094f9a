package io.streamforge.graph;

import io.streamforge.connector.Stage;
import io.streamforge.connector.StageOutput;
import io.streamforge.connector.StageRow;
import io.streamforge.operators.expression.EvaluationException;
import io.streamforge.record.Op;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows in, elements out. Deletes and truncated tables change nothing: a graph remembers what rows have said. */
final class GraphStage implements Stage {

    private final GraphRules rules;
    private final Elements elements;
    private final List<Relation> relations;
    private long lastTimestamp;

    GraphStage(GraphRules rules) {
        this.rules = rules;
        elements = new Elements(rules.flushRows(), rules.maxElements());
        relations = rules.relations().stream().map(Relation::new).toList();
    }

    @Override
    public void process(StageRow row, StageOutput output) {
        if (row.op() == Op.DELETE || row.op() == Op.TRUNCATE) {
            return;
        }
        RowReading reading = read(row, output);
        if (reading == null) {
            return;
        }
        ElementWriter writer = new ElementWriter(output);
        lastTimestamp = row.timestampMicros();
        elements.accept(row.offset(), row.timestampMicros(), reading.mentions(), writer);
        for (Relation.Observation observation : reading.observations()) {
            relations.get(observation.index()).accept(observation, row.offset(), writer);
        }
    }

    @Override
    public void end(StageOutput output) {
        ElementWriter writer = new ElementWriter(output);
        elements.flush(writer, lastTimestamp);
        relations.forEach(relation -> relation.end(writer));
    }

    @Override
    public OptionalLong needed() {
        OptionalLong needed = elements.needed();
        for (Relation relation : relations) {
            OptionalLong more = relation.needed();
            if (more.isPresent() && (needed.isEmpty() || more.getAsLong() < needed.getAsLong())) {
                needed = more;
            }
        }
        return needed;
    }

    /** Null when the row was rejected. */
    private @Nullable RowReading read(StageRow row, StageOutput output) {
        try {
            return new RowReading(rules, row.table(), row.cursor());
        } catch (EvaluationException e) {
            output.reject(e.code(), String.valueOf(e.getMessage()));
        } catch (RowReading.BadKeyException e) {
            output.reject("GRAPH-KEY", String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            output.reject("GRAPH-TIME", "a moment is outside the range of microseconds since 1970");
        }
        return null;
    }
}
