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
    static final int MAX_NUMBER = 100;
    private static final int MAX_VALUES = 50_000;
    private static final int MAX_PATH_CHARACTERS = 8 << 20;
    private static final int MAX_NAME = 256;

    private final Map<String, Location> locations = new LinkedHashMap<>();
    private final List<Diagnostic> diagnostics;
    private int values;
    private int pathCharacters;

    private DocumentReader(List<Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /**
     * Reads YAML, or JSON when the text begins with a brace.
     *
     * @param diagnostics receives mistakes that do not keep the rest from being read
     * @throws SyntaxException at a place after which nothing can be read
     */
    static Document read(String text, List<Diagnostic> diagnostics) throws SyntaxException {
        if (text.length() > MAX_CHARACTERS) {
            throw new SyntaxException(
                    "TOO-LARGE", Location.START, "the document has more than " + MAX_CHARACTERS + " characters");
        }
        DocumentReader reader = new DocumentReader(diagnostics);
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
        note(path, location);
        if (depth > MAX_DEPTH) {
            throw new SyntaxException("TOO-DEEP", location, "more than " + MAX_DEPTH + " levels of nesting");
        }
        if (++values > MAX_VALUES) {
            throw new SyntaxException(
                    "TOO-LARGE", location, "more than " + MAX_VALUES + " values (after aliases are expanded)");
        }
    }

    /** Notes a mapping's member by the place of its name. */
    void enterMember(String path, String name, Location key) throws SyntaxException {
        if (name.length() > MAX_NAME) {
            throw new SyntaxException("TOO-LARGE", key, "a name has more than " + MAX_NAME + " characters");
        }
        note(path, key);
    }

    void put(Map<String, @Nullable Object> map, String name, @Nullable Object value, Location key) {
        if (map.containsKey(name)) {
            problem(new SyntaxException("DUPLICATE-KEY", key, "'" + name + "' is given twice"));
        }
        map.put(name, value);
    }

    void problem(SyntaxException problem) {
        diagnostics.add(problem.diagnostic());
    }

    static Map<String, @Nullable Object> newMap() {
        return new LinkedHashMap<>();
    }

    static List<@Nullable Object> newList() {
        return new ArrayList<>();
    }

    private void note(String path, Location location) throws SyntaxException {
        pathCharacters += path.length();
        if (pathCharacters > MAX_PATH_CHARACTERS) {
            throw new SyntaxException("TOO-LARGE", location, "names are too long and too deeply nested");
        }
        locations.putIfAbsent(path, location);
    }
}
