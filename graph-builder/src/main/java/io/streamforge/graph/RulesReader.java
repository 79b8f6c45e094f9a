package io.streamforge.graph;

import io.streamforge.connector.Problem;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of a graph; every mistake is reported. */
final class RulesReader {

    private static final String EXAMPLE = "{vertices: {customer: {key: customer_id}}}";
    private static final String VERTEX_EXAMPLE = "{key: customer_id}";
    private static final String EDGE_EXAMPLE = "{label: buys_at, from: customer, to: shop}";
    private static final int DEFAULT_MAX_ELEMENTS = 1_000_000;

    private final List<RowSchema> input;
    private final List<Problem> all;
    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Layout> vertexLayouts = new LinkedHashMap<>();
    private final Map<String, Layout> edgeLayouts = new LinkedHashMap<>();
    private final VertexRules vertices = new VertexRules();
    private final List<EdgeRule> edges = new ArrayList<>();

    RulesReader(List<RowSchema> input, List<Problem> problems) {
        this.input = input;
        all = problems;
    }

    Optional<GraphRules> read(@Nullable Object written) {
        Fields fields = new Fields(written, "", EXAMPLE, found);
        fields.take("vertices")
                .ifPresentOrElse(this::vertices, () -> fields.missing("vertices", "{customer: {key: customer_id}}"));
        each(fields, "edges", EDGE_EXAMPLE, this::edge);
        RelationReader relations = new RelationReader(vertices, edgeLayouts.keySet(), input, found);
        each(fields, "relations", RelationReader.EXAMPLE, relations::read);
        int flushRows = fields.whole("flush_rows", 1, Elements.BLOCK).orElse(1);
        int maxElements = fields.whole("max_elements", 1, Integer.MAX_VALUE).orElse(DEFAULT_MAX_ELEMENTS);
        fields.done();
        all.addAll(found);
        return found.isEmpty()
                ? Optional.of(new GraphRules(input, vertices.rules(), edges, relations.rules(), flushRows, maxElements))
                : Optional.empty();
    }

    /** Reads one entry of a list. */
    private interface EntryReader {
        void read(Object entry, String path);
    }

    private void each(Fields fields, String member, String example, EntryReader reader) {
        fields.take(member).ifPresent(written -> {
            if (!(written instanceof List<?> list)) {
                fields.problem(member, "expected a list", "for example [" + example + "]");
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                reader.read(list.get(i), member + "[" + i + "]");
            }
        });
    }

    private void vertices(Object written) {
        Map<String, @Nullable Object> entries =
                new Fields(written, "vertices", "{customer: {key: customer_id}}", found).rest();
        if (written instanceof Map<?, ?> && entries.isEmpty()) {
            found.add(new Problem(Fields.CONFIGURATION, "vertices", "there is no vertex", "for example " + EXAMPLE));
        }
        entries.forEach(this::vertex);
    }

    private void vertex(String name, @Nullable Object written) {
        RowFields row = fields(written, "vertices." + name, VERTEX_EXAMPLE);
        Optional<String> label = row.label(name);
        Optional<Expression> key = requiredKey(row);
        ElementRule element = element(row, label.orElse(name), vertexLayouts);
        row.fields().done();
        vertices.add(name, key.map(text -> new VertexRule(name, vertices.size(), element, text)));
    }

    private void edge(Object written, String path) {
        RowFields row = fields(written, path, EDGE_EXAMPLE);
        Optional<String> label = row.label(null);
        Optional<EdgeRule.Endpoint> from = endpoint(row, "from");
        Optional<EdgeRule.Endpoint> to = endpoint(row, "to");
        Optional<Expression> key = row.key("key");
        Optional<Expression> weight = row.number("weight");
        ElementRule element = element(row, label.orElse("edge"), edgeLayouts);
        row.fields().done();
        if (from.isPresent() && to.isPresent()) {
            edges.add(new EdgeRule(element, from.get(), to.get(), key.orElse(null), weight.orElse(null)));
        }
    }

    private Optional<EdgeRule.Endpoint> endpoint(RowFields row, String member) {
        Optional<Object> written = row.fields().take(member);
        if (written.isEmpty()) {
            row.fields().missing(member, "customer");
            return Optional.empty();
        }
        if (written.get() instanceof String name) {
            return row.vertex(member, name, vertices, true).map(vertex -> new EdgeRule.Endpoint(vertex, null));
        }
        Fields fields = new Fields(written.get(), row.fields().path(member), "{vertex: customer, key: buyer}", found);
        Optional<String> name = fields.requiredText("vertex", "customer");
        RowFields inner = row.within(fields);
        Optional<Expression> key = requiredKey(inner);
        fields.done();
        return name.flatMap(vertex -> inner.vertex("vertex", vertex, vertices, false))
                .flatMap(vertex -> key.map(expression -> new EdgeRule.Endpoint(vertex, expression)));
    }

    private Optional<Expression> requiredKey(RowFields row) {
        if (!row.fields().has("key")) {
            row.fields().missing("key", "customer_id");
        }
        return row.key("key");
    }

    private ElementRule element(RowFields row, String label, Map<String, Layout> layouts) {
        Layout layout = layouts.computeIfAbsent(label, name -> new Layout());
        layout.countRule();
        Optional<Expression> when = row.condition("when");
        List<PropertyRule> properties = properties(row, layout);
        Optional<Expression> from = row.moment("valid_from");
        Optional<Expression> to = row.moment("valid_to");
        return new ElementRule(
                label, row.table(), when.orElse(null), layout, properties, from.orElse(null), to.orElse(null));
    }

    private List<PropertyRule> properties(RowFields row, Layout layout) {
        List<PropertyRule> rules = new ArrayList<>();
        row.fields().take("properties").ifPresent(written -> {
            String path = row.fields().path("properties");
            Fields names = new Fields(written, path, "{name: name, orders: {merge: count}}", found);
            names.rest()
                    .forEach((name, value) -> property(row, path, name, value).ifPresent(rule -> {
                        Merge merge = layout.add(rule);
                        if (merge != rule.merge()) {
                            names.problem(
                                    "GRAPH-MERGE",
                                    name,
                                    "another rule of the label merges it by '" + lower(merge) + "'",
                                    "use the same, or another name");
                        }
                        rules.add(rule);
                    }));
        });
        return rules;
    }

    private Optional<PropertyRule> property(RowFields row, String path, String name, @Nullable Object written) {
        // A bare expression is short for its last value.
        Object full = written instanceof Map<?, ?> || written == null ? written : Map.of("value", written);
        Fields fields = new Fields(full, path + "." + name, "{value: total, merge: sum}", found);
        RowFields inner = row.within(fields);
        Merge merge = fields.choice("merge", Merge.class, Merge.LAST);
        boolean absent = !fields.has("value");
        if (absent && merge != Merge.COUNT && full instanceof Map<?, ?>) {
            fields.missing("value", "total");
        }
        Optional<Expression> value = inner.property("value");
        fields.done();
        value.ifPresent(expression -> mergeable(fields, merge, expression));
        return value.isPresent() || absent
                ? Optional.of(new PropertyRule(name, value.orElse(null), merge))
                : Optional.empty();
    }

    private static void mergeable(Fields fields, Merge merge, Expression value) {
        boolean fits =
                switch (merge) {
                    case SUM -> RowFields.numeric(value.type());
                    case MIN, MAX -> RowFields.ordered(value.type());
                    default -> true;
                };
        if (!fits) {
            fields.problem(
                    "GRAPH-MERGE",
                    "merge",
                    value.type() + " values have no " + lower(merge),
                    "use first, last or count");
        }
    }

    private RowFields fields(@Nullable Object written, String path, String example) {
        return new RowFields(new Fields(written, path, example, found), input, found);
    }

    private static String lower(Merge merge) {
        return merge.name().toLowerCase(Locale.ROOT);
    }
}
