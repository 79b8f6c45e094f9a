package io.streamforge.testing.arango;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** AQL's order of values, truth, and what numbers become when they are stored. */
final class Values {

    static final JsonNode NULL = JsonNodeFactory.instance.nullNode();
    static final Comparator<JsonNode> ORDER = Values::compare;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UINT64_LIMIT = BigInteger.ONE.shiftLeft(64);

    private Values() {}

    static JsonNode of(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }

    static boolean truth(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.doubleValue() != 0;
        }
        return value.isString() ? !value.stringValue().isEmpty() : value.isContainer();
    }

    /** null &lt; bool &lt; number &lt; string &lt; array &lt; object; strings by code point. */
    static int compare(JsonNode left, JsonNode right) {
        int byType = Integer.compare(rank(left), rank(right));
        if (byType != 0 || rank(left) == 0) {
            return byType;
        }
        return switch (rank(left)) {
            case 1 -> Boolean.compare(left.booleanValue(), right.booleanValue());
            case 2 -> decimal(left).compareTo(decimal(right));
            case 3 -> left.stringValue().compareTo(right.stringValue());
            case 4 -> compareArrays(left, right);
            default -> compareObjects(left, right);
        };
    }

    /** As the storage keeps it: integers of 64 bits stay, greater ones and fractions become doubles. */
    static JsonNode stored(JsonNode value) {
        if (value.isBigInteger()) {
            BigInteger number = value.bigIntegerValue();
            boolean kept = number.compareTo(LONG_MIN) >= 0 && number.compareTo(UINT64_LIMIT) < 0;
            return kept ? value : JsonNodeFactory.instance.numberNode(number.doubleValue());
        }
        if (value.isObject()) {
            ObjectNode copy = Reply.object();
            value.properties().forEach(member -> copy.set(member.getKey(), stored(member.getValue())));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> copy.add(stored(item)));
            return copy;
        }
        return value;
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.isIntegralNumber()
                ? new BigDecimal(number.bigIntegerValue())
                : new BigDecimal(number.doubleValue());
    }

    private static int rank(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return 0;
        }
        if (value.isBoolean()) {
            return 1;
        }
        if (value.isNumber()) {
            return 2;
        }
        if (value.isString()) {
            return 3;
        }
        return value.isArray() ? 4 : 5;
    }

    private static int compareArrays(JsonNode left, JsonNode right) {
        Iterator<JsonNode> others = right.iterator();
        for (JsonNode item : left) {
            int order = compare(item, others.hasNext() ? others.next() : NULL);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareObjects(JsonNode left, JsonNode right) {
        TreeSet<String> names = new TreeSet<>();
        left.properties().stream().map(Map.Entry::getKey).forEach(names::add);
        right.properties().stream().map(Map.Entry::getKey).forEach(names::add);
        for (String name : names) {
            int order = compare(left.path(name), right.path(name));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
