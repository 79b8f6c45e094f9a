package io.streamforge.graph;

import io.streamforge.operators.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What vertices and edges have in common.
 *
 * @param table index of the input table whose rows make it
 * @param when condition of a row that makes it; null when all do
 * @param layout properties of all rules of the label
 * @param properties those this rule gives
 */
record ElementRule(
        String label,
        int table,
        @Nullable Expression when,
        Layout layout,
        List<PropertyRule> properties,
        @Nullable Expression validFrom,
        @Nullable Expression validTo) {

    ElementRule {
        properties = List.copyOf(properties);
    }
}
