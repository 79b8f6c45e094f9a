package io.streamforge.testing.arango;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A value computed from a row; those that a primary index lookup can be made of have a type of their own. */
interface Expression {

    JsonNode eval(Scope row);

    record Constant(JsonNode value) implements Expression {
        @Override
        public JsonNode eval(Scope row) {
            return value;
        }
    }

    record Variable(String name) implements Expression {
        @Override
        public JsonNode eval(Scope row) {
            return row.get(name);
        }
    }

    record Attribute(Expression of, String name) implements Expression {
        @Override
        public JsonNode eval(Scope row) {
            JsonNode value = of.eval(row).path(name);
            return value.isMissingNode() ? Values.NULL : value;
        }
    }

    record Equal(Expression left, Expression right) implements Expression {
        @Override
        public JsonNode eval(Scope row) {
            return Values.of(Values.compare(left.eval(row), right.eval(row)) == 0);
        }
    }

    record And(Expression left, Expression right) implements Expression {
        @Override
        public JsonNode eval(Scope row) {
            JsonNode first = left.eval(row);
            return Values.truth(first) ? right.eval(row) : first;
        }
    }

    /** The variable at the root of an attribute access; empty for a constant, null for anything else. */
    static @Nullable String root(Expression expression) {
        if (expression instanceof Attribute attribute) {
            return root(attribute.of());
        }
        if (expression instanceof Variable variable) {
            return variable.name();
        }
        return expression instanceof Constant ? "" : null;
    }
}
