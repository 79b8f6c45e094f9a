package io.streamforge.graph;

import io.streamforge.connector.GraphTables;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A vertex or an edge as the rows so far make it. */
final class Element {

    /**
     * @param from id of a vertex; null for a vertex
     * @param to id of a vertex; null for a vertex
     * @param name key of a vertex within its label; null for an edge
     */
    record Identity(
            String id,
            String label,
            @Nullable String name,
            @Nullable String from,
            @Nullable String to) {

        static Identity vertex(String label, String name) {
            return new Identity(Ids.vertex(label, name), label, name, null, null);
        }

        static Identity edge(String label, String from, String to, String key) {
            return new Identity(Ids.edge(label, from, to, key), label, null, from, to);
        }

        int table() {
            return name == null ? GraphTables.EDGES : GraphTables.VERTICES;
        }
    }

    /**
     * What one row says of an element.
     *
     * @param values of the rule's properties
     */
    record Mention(
            Identity identity,
            ElementRule rule,
            @Nullable Double weight,
            @Nullable Object[] values,
            Validity validity) {}

    private final Identity identity;
    private final Layout layout;
    private final @Nullable Object[] values;
    private @Nullable Double weight;
    private Validity validity = Validity.ALWAYS;
    private boolean known;

    Element(Identity identity, Layout layout) {
        this.identity = identity;
        this.layout = layout;
        values = new Object[layout.size()];
    }

    /** Takes in what a row says; true when that changes the element. */
    boolean merge(Mention mention) {
        boolean changed = !known;
        known = true;
        ElementRule rule = mention.rule();
        for (int i = 0; i < rule.properties().size(); i++) {
            PropertyRule property = rule.properties().get(i);
            int at = layout.indexOf(property.name());
            Object merged = property.merge().fold(values[at], mention.values()[i]);
            changed |= !Objects.equals(values[at], merged);
            values[at] = merged;
        }
        changed |= !validity.equals(mention.validity()) || !Objects.equals(weight, mention.weight());
        validity = mention.validity();
        weight = mention.weight();
        return changed;
    }

    Identity identity() {
        return identity;
    }

    Layout layout() {
        return layout;
    }

    @Nullable Double weight() {
        return weight;
    }

    Validity validity() {
        return validity;
    }

    @Nullable Object value(int property) {
        return values[property];
    }

    @Override
    public String toString() {
        return identity.id() + Arrays.toString(values);
    }
}
