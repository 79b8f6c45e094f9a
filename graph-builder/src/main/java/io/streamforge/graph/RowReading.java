package io.streamforge.graph;

import io.streamforge.operators.expression.EvaluationException;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.RowCursor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the rules find in one row, before any of it counts. */
final class RowReading {

    private final RowCursor row;
    private final int table;
    private final List<Element.Mention> mentions = new ArrayList<>();
    private final List<Relation.Observation> observations = new ArrayList<>();
    /** By index of the rule; null where the row makes none. */
    private final @Nullable String[] made;

    /**
     * @throws EvaluationException when a rule cannot be applied to the row
     * @throws ArithmeticException when a moment is outside the range of microseconds
     * @throws BadKeyException when a vertex would have an empty key
     */
    RowReading(GraphRules rules, int table, RowCursor row) {
        this.table = table;
        this.row = row;
        made = new String[rules.vertices().size()];
        rules.vertices().forEach(this::vertex);
        rules.edges().forEach(this::edge);
        for (int i = 0; i < rules.relations().size(); i++) {
            relation(i, rules.relations().get(i));
        }
    }

    /** A key that names nothing. */
    static final class BadKeyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadKeyException(String rule) {
            super("the key of " + rule + " is empty", null, false, false);
        }
    }

    List<Element.Mention> mentions() {
        return mentions;
    }

    List<Relation.Observation> observations() {
        return observations;
    }

    private void vertex(VertexRule rule) {
        if (!applies(rule.element())) {
            return;
        }
        String name = text(rule.key());
        if (name != null) {
            Element.Identity identity =
                    Element.Identity.vertex(rule.element().label(), notEmpty(name, "vertex '" + rule.name() + "'"));
            made[rule.index()] = identity.id();
            mention(identity, rule.element(), null);
        }
    }

    private void edge(EdgeRule rule) {
        if (!applies(rule.element())) {
            return;
        }
        String from = end(rule.from(), rule.element().label());
        String to = end(rule.to(), rule.element().label());
        String key = rule.key() == null ? "" : text(rule.key());
        if (from != null && to != null && key != null) {
            Double weight = rule.weight() == null ? null : number(rule.weight().evaluate(row));
            mention(Element.Identity.edge(rule.element().label(), from, to, key), rule.element(), weight);
        }
    }

    private @Nullable String end(EdgeRule.Endpoint endpoint, String edge) {
        Expression key = endpoint.key();
        if (key == null) {
            return made[endpoint.vertex().index()];
        }
        String name = text(key);
        return name == null
                ? null
                : Ids.vertex(endpoint.vertex().element().label(), notEmpty(name, "a vertex of edge '" + edge + "'"));
    }

    private void relation(int index, RelationRule rule) {
        String from = made[rule.from().index()];
        String to = made[rule.to().index()];
        if (rule.table() != table || from == null || to == null) {
            return;
        }
        Instant time = Moments.of(rule.time().evaluate(row));
        Double value = number(rule.value().evaluate(row));
        if (time != null && value != null && Double.isFinite(value)) {
            observations.add(new Relation.Observation(index, from, to, Moments.micros(time), value));
        }
    }

    private boolean applies(ElementRule rule) {
        return rule.table() == table && (rule.when() == null || rule.when().isTrue(row));
    }

    private void mention(Element.Identity identity, ElementRule rule, @Nullable Double weight) {
        @Nullable Object[] values = new Object[rule.properties().size()];
        for (int i = 0; i < values.length; i++) {
            Expression value = rule.properties().get(i).value();
            values[i] = value == null ? true : value.evaluate(row);
        }
        Validity validity = rule.validFrom() == null && rule.validTo() == null
                ? Validity.ALWAYS
                : new Validity(moment(rule.validFrom()), moment(rule.validTo()));
        mentions.add(new Element.Mention(identity, rule, weight, values, validity));
    }

    private @Nullable Instant moment(@Nullable Expression expression) {
        return expression == null ? null : Moments.of(expression.evaluate(row));
    }

    private @Nullable String text(Expression expression) {
        Object value = expression.evaluate(row);
        return value == null || value instanceof String
                ? (String) value
                : value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value == null ? null : Double.valueOf(((Number) value).doubleValue());
    }

    private static String notEmpty(String name, String rule) {
        if (name.isEmpty()) {
            throw new BadKeyException(rule);
        }
        return name;
    }
}
