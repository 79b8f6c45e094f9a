package io.streamforge.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects values and their places while a parser walks a text, within bounds that no honest workflow reaches: size, depth, and
 * number of values after aliases are expanded.
 */
final class DocumentReader {

    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_DEPTH = 50;
    private static final int MAX_VALUES = 50_000;

    private final Map<String, Location> locations = new LinkedHashMap<>();
    private int values;

    /**
     * Reads YAML, or JSON when the text begins with a brace.
     *
     * @throws SyntaxException at the first place that cannot be read
     */
    static Document read(String text) throws SyntaxException {
        if (text.length() > MAX_CHARACTERS) {
            throw new SyntaxException(
                    "TOO-LARGE", Location.START, "the document has more than " + MAX_CHARACTERS + " characters");
        }
        DocumentReader reader = new DocumentReader();
        boolean json = text.stripLeading().startsWith("{");
        Object root = json ? new JsonText(reader).read(text) : new YamlText(reader).read(text);
        if (!(root instanceof Map<?, ?> map)) {
            throw new SyntaxException("NOT-A-MAPPING", Location.START, "a workflow is a mapping of names to values");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> members = (Map<String, Object>) map;
        return new Document(members, reader.locations);
    }

    /** Notes a value before it is read. */
    void enter(String path, Location location, int depth) throws SyntaxException {
        locations.putIfAbsent(path, location);
        if (depth > MAX_DEPTH) {
            throw new SyntaxException("TOO-DEEP", location, "more than " + MAX_DEPTH + " levels of nesting");
        }
        if (++values > MAX_VALUES) {
            throw new SyntaxException(
                    "TOO-LARGE", location, "more than " + MAX_VALUES + " values (after aliases are expanded)");
        }
    }

    void enterMember(String path, Location key) {
        locations.putIfAbsent(path, key);
    }

    static void put(Map<String, @Nullable Object> map, String name, @Nullable Object value, Location key)
            throws SyntaxException {
        if (map.containsKey(name)) {
            throw new SyntaxException("DUPLICATE-KEY", key, "'" + name + "' is given twice");
        }
        map.put(name, value);
    }

    static Map<String, @Nullable Object> newMap() {
        return new LinkedHashMap<>();
    }

    static List<@Nullable Object> newList() {
        return new ArrayList<>();
    }
}
