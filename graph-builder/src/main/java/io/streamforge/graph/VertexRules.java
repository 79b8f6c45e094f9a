package io.streamforge.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The vertex rules by name, those with mistakes by name alone. */
final class VertexRules {

    private final List<VertexRule> rules = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    void add(String name, Optional<VertexRule> rule) {
        names.add(name);
        rule.ifPresent(rules::add);
    }

    int size() {
        return rules.size();
    }

    List<VertexRule> rules() {
        return rules;
    }

    Set<String> names() {
        return names;
    }

    Optional<VertexRule> find(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
