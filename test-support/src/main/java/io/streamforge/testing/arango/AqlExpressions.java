package io.streamforge.testing.arango;

import io.streamforge.testing.arango.AqlLexer.Kind;
import io.streamforge.testing.arango.AqlLexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Parses expressions; the base of {@link AqlParser}, which parses what stands around them. */
class AqlExpressions {

    private static final Set<String> RESERVED = Set.of(
            "FOR", "IN", "FILTER", "SORT", "LIMIT", "LET", "RETURN", "COLLECT", "INSERT", "UPDATE", "REPLACE", "REMOVE",
            "UPSERT", "INTO", "WITH", "OPTIONS", "AND", "OR", "NOT", "ASC", "DESC", "TRUE", "FALSE", "NULL", "LIKE");

    private final List<Token> tokens;
    private final AqlBinds binds;
    private int next;
    private boolean listsAllowed = true;

    AqlExpressions(String query, AqlBinds binds) {
        tokens = AqlLexer.tokens(query);
        this.binds = binds;
    }

    final AqlBinds binds() {
        return binds;
    }

    final Token peek() {
        return tokens.get(next);
    }

    final Token take() {
        return tokens.get(next++);
    }

    final boolean accept(String symbolOrKeyword) {
        boolean there = peek().is(symbolOrKeyword);
        if (there) {
            next++;
        }
        return there;
    }

    final void expect(String symbolOrKeyword) {
        if (!accept(symbolOrKeyword)) {
            throw unexpected("expecting " + symbolOrKeyword);
        }
    }

    final String name() {
        Token token = take();
        boolean plain =
                token.kind() == Kind.NAME && !RESERVED.contains(token.text().toUpperCase(Locale.ROOT));
        if (plain || token.kind() == Kind.QUOTED_NAME) {
            return token.text();
        }
        next--;
        throw unexpected("expecting a name");
    }

    final ArangoFailure unexpected(String detail) {
        return new ArangoFailure(
                ErrorCode.QUERY_PARSE,
                "unexpected '%s' at position %d: %s".formatted(peek().text(), peek().at(), detail));
    }

    /** An expression before {@code IN collection}: its own {@code IN} needs parentheses. */
    final Expression document() {
        listsAllowed = false;
        Expression document = expression();
        listsAllowed = true;
        return document;
    }

    final Expression expression() {
        Expression condition = or();
        if (!accept("?")) {
            return condition;
        }
        Expression yes = expression();
        expect(":");
        Expression no = expression();
        return row -> Values.truth(condition.eval(row)) ? yes.eval(row) : no.eval(row);
    }

    private Expression or() {
        Expression left = and();
        while (accept("||") || accept("OR")) {
            Expression first = left;
            Expression second = and();
            left = row -> {
                JsonNode value = first.eval(row);
                return Values.truth(value) ? value : second.eval(row);
            };
        }
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (accept("&&") || accept("AND")) {
            left = new Expression.And(left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = sum();
        if (accept("==")) {
            return new Expression.Equal(left, sum());
        }
        if (accept("!=")) {
            return ordered(left, sum(), order -> order != 0);
        }
        if (accept("<=")) {
            return ordered(left, sum(), order -> order <= 0);
        }
        if (accept(">=")) {
            return ordered(left, sum(), order -> order >= 0);
        }
        if (accept("<")) {
            return ordered(left, sum(), order -> order < 0);
        }
        if (accept(">")) {
            return ordered(left, sum(), order -> order > 0);
        }
        if (listsAllowed && accept("IN")) {
            Expression list = sum();
            return row -> {
                JsonNode wanted = left.eval(row);
                return Values.of(list.eval(row).valueStream().anyMatch(item -> Values.compare(item, wanted) == 0));
            };
        }
        return left;
    }

    private static Expression ordered(Expression left, Expression right, IntPredicate test) {
        return row -> Values.of(test.test(Values.compare(left.eval(row), right.eval(row))));
    }

    private Expression sum() {
        Expression left = unary();
        while (peek().is("+") || peek().is("-")) {
            boolean plus = take().is("+");
            Expression first = left;
            Expression second = unary();
            left = row -> add(first.eval(row), second.eval(row), plus);
        }
        return left;
    }

    private static JsonNode add(JsonNode left, JsonNode right, boolean plus) {
        if (left.isIntegralNumber() && right.isIntegralNumber()) {
            long sum = plus
                    ? Math.addExact(left.longValue(), right.longValue())
                    : Math.subtractExact(left.longValue(), right.longValue());
            return JsonNodeFactory.instance.numberNode(sum);
        }
        double sum = left.asDouble(0) + (plus ? right.asDouble(0) : -right.asDouble(0));
        return JsonNodeFactory.instance.numberNode(sum);
    }

    private Expression unary() {
        if (accept("!") || accept("NOT")) {
            Expression inner = unary();
            return row -> Values.of(!Values.truth(inner.eval(row)));
        }
        return postfix(primary());
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (accept(".")) {
                Token attribute = take();
                value = new Expression.Attribute(value, attribute.text());
            } else if (accept("[")) {
                Expression of = value;
                Expression index = expression();
                expect("]");
                value = row -> member(of.eval(row), index.eval(row));
            } else {
                return value;
            }
        }
    }

    private static JsonNode member(JsonNode of, JsonNode index) {
        JsonNode found = index.isString() ? of.path(index.stringValue()) : of.path(index.asInt(-1));
        return found.isMissingNode() ? Values.NULL : found;
    }

    private Expression primary() {
        Token token = peek();
        switch (token.kind()) {
            case NUMBER, STRING -> {
                take();
                return constant(token);
            }
            case BIND -> {
                take();
                return new Expression.Constant(binds.value(token.text()));
            }
            case NAME, QUOTED_NAME -> {
                return named(token);
            }
            default -> {
                return bracketed();
            }
        }
    }

    private static Expression constant(Token token) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (token.kind() == Kind.STRING) {
            return new Expression.Constant(nodes.stringNode(token.text()));
        }
        boolean whole = token.text().chars().allMatch(Character::isDigit);
        return new Expression.Constant(
                whole
                        ? nodes.numberNode(Long.parseLong(token.text()))
                        : nodes.numberNode(Double.parseDouble(token.text())));
    }

    private Expression named(Token token) {
        if (accept("true")) {
            return new Expression.Constant(Values.of(true));
        }
        if (accept("false")) {
            return new Expression.Constant(Values.of(false));
        }
        if (accept("null")) {
            return new Expression.Constant(Values.NULL);
        }
        String name = name();
        if (token.kind() == Kind.NAME && accept("(")) {
            return AqlFunctions.call(name.toUpperCase(Locale.ROOT), arguments(")"));
        }
        return new Expression.Variable(name);
    }

    private List<Expression> arguments(String end) {
        List<Expression> arguments = new ArrayList<>();
        while (!accept(end)) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(expression());
        }
        return arguments;
    }

    private Expression bracketed() {
        if (accept("(")) {
            boolean outside = listsAllowed;
            listsAllowed = true;
            Expression inner = expression();
            listsAllowed = outside;
            expect(")");
            return inner;
        }
        if (accept("[")) {
            List<Expression> items = arguments("]");
            return row -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                items.forEach(item -> array.add(item.eval(row)));
                return array;
            };
        }
        if (peek().is("{")) {
            return object();
        }
        throw unexpected("expecting a value");
    }

    final Expression object() {
        expect("{");
        Map<String, Expression> members = new LinkedHashMap<>();
        while (!accept("}")) {
            if (!members.isEmpty()) {
                expect(",");
            }
            Token name = take();
            if (accept(":")) {
                members.put(name.text(), expression());
            } else {
                members.put(name.text(), new Expression.Variable(name.text()));
            }
        }
        return row -> {
            ObjectNode object = Reply.object();
            members.forEach((member, value) -> object.set(member, value.eval(row)));
            return object;
        };
    }
}
