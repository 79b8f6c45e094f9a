package io.streamforge.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON, read token by token so that every value knows its place. */
final class JsonText {

    private final DocumentReader reader;

    JsonText(DocumentReader reader) {
        this.reader = reader;
    }

    @Nullable Object read(String text) throws SyntaxException {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object root = value(parser, "", 0);
            if (parser.nextToken() != null) {
                throw new SyntaxException("SYNTAX", here(parser), "something follows the end of the document");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            Location location = place == null
                    ? Location.START
                    : new Location(Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
            throw new SyntaxException("SYNTAX", location, String.valueOf(e.getOriginalMessage()));
        }
    }

    private @Nullable Object value(JsonParser parser, String path, int depth) throws SyntaxException {
        reader.enter(path, here(parser), depth);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, path, depth);
            case START_ARRAY -> array(parser, path, depth);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Object number(JsonParser parser) {
        Object number = YamlText.number(parser.getString());
        if (number instanceof String) {
            reader.problem(new SyntaxException("NUMBER", here(parser), "the number is too large"));
        }
        return number;
    }

    private Map<String, @Nullable Object> object(JsonParser parser, String path, int depth) throws SyntaxException {
        Map<String, @Nullable Object> members = DocumentReader.newMap();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Location key = here(parser);
            String name = parser.currentName();
            String member = Document.member(path, name);
            reader.enterMember(member, name, key);
            parser.nextToken();
            reader.put(members, name, value(parser, member, depth + 1), key);
        }
        return members;
    }

    private List<@Nullable Object> array(JsonParser parser, String path, int depth) throws SyntaxException {
        List<@Nullable Object> items = DocumentReader.newList();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, Document.item(path, items.size()), depth + 1));
        }
        return items;
    }

    private static Location here(JsonParser parser) {
        TokenStreamLocation place = parser.currentTokenLocation();
        return new Location(Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
    }
}
