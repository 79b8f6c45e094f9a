package io.streamforge.loader.api.rest;

import io.streamforge.messages.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

/** Finds things in a page without making a tree of it. */
public final class JsonPages {

    private JsonPages() {}

    /** Moves to the value a pointer leads to; false when there is none. */
    public static boolean seek(JsonParser parser, JsonPointer pointer) {
        JsonPointer rest = pointer;
        parser.nextToken();
        while (!rest.matches()) {
            boolean found =
                    switch (parser.currentToken() == null ? JsonToken.NOT_AVAILABLE : parser.currentToken()) {
                        case START_OBJECT -> member(parser, rest.getMatchingProperty());
                        case START_ARRAY -> element(parser, rest.getMatchingIndex());
                        default -> false;
                    };
            if (!found) {
                return false;
            }
            rest = rest.tail();
        }
        return parser.currentToken() != null;
    }

    /** A string, number or boolean; empty when it is absent, null, empty or false. */
    public static Optional<String> text(byte[] body, JsonPointer pointer) {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (!seek(parser, pointer)) {
                return Optional.empty();
            }
            JsonToken token = parser.currentToken();
            boolean nothing = !token.isScalarValue() || token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_FALSE;
            return nothing ? Optional.empty() : Optional.of(parser.getString()).filter(text -> !text.isEmpty());
        }
    }

    /** Pointers to the arrays that lie one level below the root, for a hint. */
    static List<String> arrays(byte[] body) {
        List<String> arrays = new ArrayList<>();
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return arrays;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    arrays.add(JsonPointer.empty().appendProperty(name).toString());
                }
                parser.skipChildren();
            }
        }
        return arrays;
    }

    private static boolean member(JsonParser parser, String wanted) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals(wanted)) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean element(JsonParser parser, int wanted) {
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == wanted) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
