package io.streamforge.testing.arango;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions the stub knows. */
final class AqlFunctions {

    private AqlFunctions() {}

    static Expression call(String name, List<Expression> arguments) {
        return switch (name) {
            case "LENGTH" -> row -> length(arguments.get(0).eval(row));
            case "LOWER" ->
                row -> JsonNodeFactory.instance.stringNode(
                        arguments.get(0).eval(row).asString("").toLowerCase(Locale.ROOT));
            case "CONTAINS" ->
                row -> Values.of(arguments
                        .get(0)
                        .eval(row)
                        .asString("")
                        .contains(arguments.get(1).eval(row).asString("")));
            case "DATE_NOW" -> row -> JsonNodeFactory.instance.numberNode(System.currentTimeMillis());
            case "NOT_NULL" ->
                row -> arguments.stream()
                        .map(argument -> argument.eval(row))
                        .filter(value -> !value.isNull())
                        .findFirst()
                        .orElse(Objects.requireNonNull(Values.NULL));
            default -> throw new ArangoFailure(ErrorCode.QUERY_UNKNOWN_FUNCTION, name + "()");
        };
    }

    private static JsonNode length(JsonNode value) {
        int length = value.isString()
                ? value.stringValue().codePointCount(0, value.stringValue().length())
                : value.size();
        return JsonNodeFactory.instance.numberNode(length);
    }
}
