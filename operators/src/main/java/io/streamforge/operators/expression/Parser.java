package io.streamforge.operators.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Precedence climbing (Pratt). From loose to tight: OR, AND, NOT, comparisons and tests, {@code ||}, {@code + -},
 * {@code * / %}, sign.
 */
final class Parser {

    static final int DEEPEST = 200;

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int TEST = 4;
    private static final int JOIN = 5;
    private static final int SUM = 6;
    private static final int PRODUCT = 7;
    private static final int SIGN = 8;
    private static final Set<String> RESERVED = Set.of(
            "AND",
            "OR",
            "NOT",
            "IS",
            "NULL",
            "IN",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "CAST",
            "TRY_CAST",
            "AS",
            "TRUE",
            "FALSE",
            "ESCAPE",
            "SELECT",
            "FROM",
            "WHERE");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Syntax parse(String text) throws ExpressionException {
        Parser parser = new Parser(Lexer.tokens(text));
        Syntax syntax = parser.expression(OR);
        Token rest = parser.peek();
        if (rest.kind() != Token.Kind.END) {
            throw ExpressionException.syntax(
                    rest.position(), "unexpected " + rest.shown() + " after a complete expression", null);
        }
        return syntax;
    }

    private Syntax expression(int minimum) throws ExpressionException {
        if (++depth > DEEPEST) {
            throw ExpressionException.syntax(
                    peek().position(), "the expression is nested more than " + DEEPEST + " deep", "simplify it");
        }
        Syntax left = prefix();
        int chain = 0;
        int power;
        while ((power = power(peek())) >= minimum) {
            left = infix(left, power);
            if (++chain > DEEPEST) {
                throw ExpressionException.syntax(
                        peek().position(),
                        "the expression chains more than " + DEEPEST + " operators",
                        "use IN, or split it");
            }
        }
        depth--;
        return left;
    }

    private Syntax prefix() throws ExpressionException {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> new Syntax.Numeral(token.text(), token.position());
            case STRING -> new Syntax.Text(token.text(), token.position());
            case QUOTED_NAME -> new Syntax.Name(token.text(), true, token.position());
            case NAME -> word(token);
            case SYMBOL -> symbol(token);
            case END -> throw ExpressionException.syntax(token.position(), "the expression is not complete", null);
        };
    }

    private Syntax symbol(Token token) throws ExpressionException {
        switch (token.text()) {
            case "(" -> {
                Syntax inner = expression(OR);
                expect(")");
                return inner;
            }
            case "-" -> {
                return new Syntax.Negation(expression(SIGN), token.position());
            }
            case "+" -> {
                return expression(SIGN);
            }
            default ->
                throw ExpressionException.syntax(token.position(), "a value is missing before " + token.shown(), null);
        }
    }

    private Syntax word(Token token) throws ExpressionException {
        String word = token.text().toUpperCase(Locale.ROOT);
        int position = token.position();
        switch (word) {
            case "TRUE", "FALSE" -> {
                return new Syntax.Bool(word.equals("TRUE"), position);
            }
            case "NULL" -> {
                return new Syntax.Null(position);
            }
            case "NOT" -> {
                return new Syntax.Not(expression(AND + 1), position);
            }
            case "CASE" -> {
                return cases(position);
            }
            case "CAST", "TRY_CAST" -> {
                return cast(word.equals("TRY_CAST"), position);
            }
            default -> {
                return nameOrCall(token, word);
            }
        }
    }

    private Syntax nameOrCall(Token token, String word) throws ExpressionException {
        if (peek().symbol("(")) {
            return call(word, token.position());
        }
        boolean typed = peek().kind() == Token.Kind.STRING;
        if (typed && (word.equals("DATE") || word.equals("TIME") || word.equals("TIMESTAMP"))) {
            return new Syntax.Typed(word, take().text(), token.position());
        }
        if (RESERVED.contains(word)) {
            throw ExpressionException.syntax(
                    token.position(),
                    "a value is missing before " + token.shown(),
                    "a column of that name is written \"" + token.text() + "\"");
        }
        return new Syntax.Name(token.text(), false, token.position());
    }

    private Syntax call(String function, int position) throws ExpressionException {
        expect("(");
        if (function.equals("EXTRACT")) {
            Token field = take();
            expectWord("FROM");
            Syntax from = expression(OR);
            expect(")");
            return new Syntax.Call(field.text().toUpperCase(Locale.ROOT), List.of(from), position);
        }
        List<Syntax> arguments = new ArrayList<>();
        if (!peek().symbol(")")) {
            do {
                arguments.add(expression(OR));
            } while (accept(","));
        }
        expect(")");
        return new Syntax.Call(function, arguments, position);
    }

    private Syntax cases(int position) throws ExpressionException {
        Syntax subject = peek().keyword("WHEN") ? null : expression(OR);
        List<Syntax.When> whens = new ArrayList<>();
        while (acceptWord("WHEN")) {
            int start = peek().position();
            Syntax condition = expression(OR);
            expectWord("THEN");
            Syntax tested = subject == null ? condition : new Syntax.Comparison("=", subject, condition, start);
            whens.add(new Syntax.When(tested, expression(OR)));
        }
        if (whens.isEmpty()) {
            throw ExpressionException.syntax(
                    peek().position(), "CASE needs WHEN", "CASE WHEN a > 1 THEN 'x' ELSE 'y' END");
        }
        Syntax otherwise = acceptWord("ELSE") ? expression(OR) : null;
        expectWord("END");
        return new Syntax.Case(whens, otherwise, position);
    }

    private Syntax cast(boolean lenient, int position) throws ExpressionException {
        expect("(");
        Syntax operand = expression(OR);
        expectWord("AS");
        StringBuilder type = new StringBuilder();
        int open = 0;
        while (open > 0 || !peek().symbol(")")) {
            Token token = take();
            if (token.kind() == Token.Kind.END) {
                throw ExpressionException.syntax(token.position(), "')' is missing", "CAST(total AS DECIMAL(12,2))");
            }
            open += token.symbol("(") ? 1 : token.symbol(")") ? -1 : 0;
            type.append(token.text());
        }
        expect(")");
        return new Syntax.Cast(operand, type.toString(), lenient, position);
    }

    private int power(Token token) {
        if (token.kind() == Token.Kind.SYMBOL) {
            return switch (token.text()) {
                case "=", "<>", "!=", "<", "<=", ">", ">=" -> TEST;
                case "||" -> JOIN;
                case "+", "-" -> SUM;
                case "*", "/", "%" -> PRODUCT;
                default -> 0;
            };
        }
        if (token.kind() != Token.Kind.NAME) {
            return 0;
        }
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "OR" -> OR;
            case "AND" -> AND;
            case "IS", "IN", "BETWEEN", "LIKE", "ILIKE", "NOT" -> TEST;
            default -> 0;
        };
    }

    private Syntax infix(Syntax left, int power) throws ExpressionException {
        Token token = take();
        int position = token.position();
        if (token.kind() == Token.Kind.SYMBOL) {
            Syntax right = expression(power + 1);
            return power == TEST
                    ? new Syntax.Comparison(token.text(), left, right, position)
                    : new Syntax.Arithmetic(token.text(), left, right, position);
        }
        if (power <= AND) {
            return logic(left, power, position);
        }
        boolean negated = token.keyword("NOT");
        Token test = negated ? take() : token;
        return switch (test.text().toUpperCase(Locale.ROOT)) {
            case "IS" -> is(left, position);
            case "IN" -> in(left, negated, position);
            case "BETWEEN" -> between(left, negated, position);
            case "LIKE" -> like(left, false, negated, position);
            case "ILIKE" -> like(left, true, negated, position);
            default ->
                throw ExpressionException.syntax(
                        test.position(), "after NOT comes IN, BETWEEN or LIKE, not " + test.shown(), null);
        };
    }

    /** One node for a chain, so that many conditions are not deep. */
    private Syntax logic(Syntax first, int power, int position) throws ExpressionException {
        String word = power == AND ? "AND" : "OR";
        List<Syntax> operands = new ArrayList<>();
        operands.add(first);
        do {
            operands.add(expression(power + 1));
        } while (acceptWord(word));
        return new Syntax.Logic(power == AND, operands, position);
    }

    private Syntax is(Syntax left, int position) throws ExpressionException {
        boolean negated = acceptWord("NOT");
        Token what = take();
        switch (what.text().toUpperCase(Locale.ROOT)) {
            case "NULL" -> {
                return new Syntax.IsNull(left, negated, position);
            }
            case "TRUE", "FALSE" -> {
                return new Syntax.IsTruth(left, what.keyword("TRUE"), negated, position);
            }
            case "DISTINCT" -> {
                expectWord("FROM");
                return new Syntax.Distinct(left, expression(TEST + 1), negated, position);
            }
            default ->
                throw ExpressionException.syntax(
                        what.position(),
                        "after IS comes NULL, TRUE, FALSE or DISTINCT FROM, not " + what.shown(),
                        null);
        }
    }

    private Syntax in(Syntax left, boolean negated, int position) throws ExpressionException {
        expect("(");
        List<Syntax> candidates = new ArrayList<>();
        do {
            candidates.add(expression(OR));
        } while (accept(","));
        expect(")");
        return new Syntax.In(left, candidates, negated, position);
    }

    private Syntax between(Syntax left, boolean negated, int position) throws ExpressionException {
        Syntax low = expression(TEST + 1);
        expectWord("AND");
        return new Syntax.Between(left, low, expression(TEST + 1), negated, position);
    }

    private Syntax like(Syntax left, boolean ignoreCase, boolean negated, int position) throws ExpressionException {
        Syntax pattern = expression(TEST + 1);
        @Nullable Syntax escape = acceptWord("ESCAPE") ? expression(TEST + 1) : null;
        return new Syntax.Like(left, pattern, escape, ignoreCase, negated, position);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private boolean accept(String symbol) {
        boolean found = peek().symbol(symbol);
        at += found ? 1 : 0;
        return found;
    }

    private boolean acceptWord(String word) {
        boolean found = peek().keyword(word);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String symbol) throws ExpressionException {
        if (!accept(symbol)) {
            throw ExpressionException.syntax(
                    peek().position(), "expected '" + symbol + "', got " + peek().shown(), null);
        }
    }

    private void expectWord(String word) throws ExpressionException {
        if (!acceptWord(word)) {
            throw ExpressionException.syntax(peek().position(), "expected " + word + ", got " + peek().shown(), null);
        }
    }
}
