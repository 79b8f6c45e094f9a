package io.streamforge.graph;

import java.util.ArrayList;
import java.util.List;

/** The properties of all elements of a label, in the order in which rules name them first; complete when all rules are read. */
final class Layout {

    private final List<PropertyRule> properties = new ArrayList<>();
    private int rules;

    /** The merge rule that a property of the name has already, or the one it is given now. */
    Merge add(PropertyRule property) {
        int known = indexOf(property.name());
        if (known >= 0) {
            return properties.get(known).merge();
        }
        properties.add(property);
        return property.merge();
    }

    void countRule() {
        rules++;
    }

    int size() {
        return properties.size();
    }

    PropertyRule property(int index) {
        return properties.get(index);
    }

    int indexOf(String name) {
        for (int i = 0; i < properties.size(); i++) {
            if (properties.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** True when an element is more than what the last row says of it. */
    boolean accumulates() {
        return properties.stream().anyMatch(property -> property.merge().accumulates())
                || (rules > 1 && !properties.isEmpty());
    }
}
