package io.streamforge.graph;

import io.streamforge.connector.Problem;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the entries of {@code relations}. */
final class RelationReader {

    static final String EXAMPLE =
            "{label: correlates, type: correlation, between: symbol, value: close, time: open_time,"
                    + " step: 1h, window: 7d, threshold: 0.5}";

    private static final int MOST_STEPS = 10_000;
    private static final int DEFAULT_MIN_SAMPLES = 10;

    private final VertexRules vertices;
    private final List<RowSchema> input;
    private final List<Problem> problems;
    private final Set<String> labels;
    private final List<RelationRule> rules = new ArrayList<>();

    /** Spans as multiples of a step. */
    private record Spans(long stepMicros, int window, Optional<Integer> every, int delay) {}

    private record Ends(VertexRule from, VertexRule to) {}

    /** @param taken labels of other edges */
    RelationReader(VertexRules vertices, Set<String> taken, List<RowSchema> input, List<Problem> problems) {
        this.vertices = vertices;
        this.input = input;
        this.problems = problems;
        labels = new HashSet<>(taken);
    }

    List<RelationRule> rules() {
        return rules;
    }

    void read(Object written, String path) {
        int before = problems.size();
        RowFields row = new RowFields(new Fields(written, path, EXAMPLE, problems), input, problems);
        Fields fields = row.fields();
        Optional<String> label = label(row);
        Optional<RelationRule.Kind> kind = fields.requiredChoice("type", RelationRule.Kind.class);
        boolean correlation = kind.orElse(RelationRule.Kind.CORRELATION) == RelationRule.Kind.CORRELATION;
        Optional<Ends> ends = kind.flatMap(known -> correlation ? between(row) : fromTo(row));
        Optional<Expression> time = required(fields, "time", "open_time").flatMap(row::moment);
        Optional<Expression> value = required(fields, "value", "close").flatMap(row::number);
        Optional<Spans> spans = spans(fields);
        double threshold = fields.number("threshold", 0, correlation ? 1 : Double.MAX_VALUE)
                .orElse(0.0);
        Optional<Integer> topK = fields.whole("top_k", 1, Integer.MAX_VALUE);
        Returns returns = Returns.LOG;
        int minSamples = DEFAULT_MIN_SAMPLES;
        if (correlation) {
            returns = fields.choice("returns", Returns.class, Returns.LOG);
            minSamples = fields.whole("min_samples", 2, MOST_STEPS).orElse(DEFAULT_MIN_SAMPLES);
        }
        if (kind.isPresent()) {
            fields.done();
        }
        if (problems.size() == before) {
            Spans all = spans.orElseThrow();
            rules.add(new RelationRule(
                    label.orElseThrow(),
                    kind.orElseThrow(),
                    row.table(),
                    ends.orElseThrow().from(),
                    ends.orElseThrow().to(),
                    time.orElseThrow(),
                    value.orElseThrow(),
                    returns,
                    all.stepMicros(),
                    all.window(),
                    all.every(),
                    all.delay(),
                    threshold,
                    topK,
                    minSamples));
        }
    }

    private Optional<String> label(RowFields row) {
        Optional<String> label = row.label(null);
        if (label.isPresent() && !labels.add(label.get())) {
            row.fields()
                    .problem(
                            "GRAPH-REFERENCE",
                            "label",
                            "other edges have the label '" + label.get() + "'",
                            "choose another, so that they are not mistaken for one another");
        }
        return label;
    }

    private Optional<Ends> between(RowFields row) {
        return vertex(row, "between").map(vertex -> new Ends(vertex, vertex));
    }

    private Optional<Ends> fromTo(RowFields row) {
        Optional<VertexRule> from = vertex(row, "from");
        Optional<VertexRule> to = vertex(row, "to");
        return from.flatMap(start -> to.map(end -> new Ends(start, end)));
    }

    private Optional<VertexRule> vertex(RowFields row, String member) {
        return row.fields().requiredText(member, "symbol").flatMap(name -> row.vertex(member, name, vertices, true));
    }

    private Optional<Spans> spans(Fields fields) {
        Optional<Duration> step = required(fields, "step", "1h").flatMap(member -> fields.duration(member, "1h"));
        if (step.isEmpty()) {
            List.of("window", "every", "delay").forEach(fields::take);
            return Optional.empty();
        }
        if (step.get().isZero()) {
            fields.problem("step", "a step takes time", "for example 1h");
            return Optional.empty();
        }
        Optional<Integer> window =
                required(fields, "window", "7d").flatMap(member -> steps(fields, member, step.get(), 1));
        Optional<Integer> every = steps(fields, "every", step.get(), 1);
        Optional<Integer> delay = steps(fields, "delay", step.get(), 0);
        return window.map(size -> new Spans(step.get().toMillis() * 1000, size, every, delay.orElse(1)));
    }

    private static Optional<Integer> steps(Fields fields, String member, Duration step, int least) {
        return fields.duration(member, "24h").flatMap(span -> {
            long steps = span.toMillis() / step.toMillis();
            if (span.toMillis() % step.toMillis() != 0 || steps < least || steps > MOST_STEPS) {
                fields.problem(
                        member,
                        "it is not " + least + " to " + MOST_STEPS + " whole steps long",
                        "write a multiple of the step");
                return Optional.empty();
            }
            return Optional.of((int) steps);
        });
    }

    /** The member's name when it is there. */
    private static Optional<String> required(Fields fields, String member, String example) {
        if (fields.has(member)) {
            return Optional.of(member);
        }
        fields.missing(member, example);
        return Optional.empty();
    }
}
