package io.streamforge.operators.expression;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens. */
final class Lexer {

    static final int LONGEST_TEXT = 10_000;

    private static final List<String> SYMBOLS =
            List.of("<>", "!=", "<=", ">=", "||", "+", "-", "*", "/", "%", "(", ")", ",", "=", "<", ">");

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws ExpressionException {
        if (text.length() > LONGEST_TEXT) {
            throw ExpressionException.syntax(
                    LONGEST_TEXT, "an expression has at most " + LONGEST_TEXT + " characters", "split it");
        }
        return new Lexer(text).all();
    }

    private List<Token> all() throws ExpressionException {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Token.Kind.END, "", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() throws ExpressionException {
        char c = text.charAt(at);
        if (c == '\'') {
            return quoted(c, Token.Kind.STRING);
        }
        if (c == '"' || c == '`') {
            return quoted(c, Token.Kind.QUOTED_NAME);
        }
        boolean point = c == '.' && at + 1 < text.length() && digit(text.charAt(at + 1));
        if (digit(c) || point) {
            return number();
        }
        if (Character.isLetter(c) || c == '_') {
            return name();
        }
        int start = at;
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, start);
            }
        }
        throw ExpressionException.syntax(at, "unexpected character '" + c + "'", hint(c));
    }

    private static String hint(char c) {
        return switch (c) {
            case '.' -> "columns have no prefix; a name with a point is written \"like.this\"";
            case ';' -> "write a single expression";
            case '&' -> "write AND";
            case '|' -> "write OR, or || to join texts";
            default -> "texts are written 'like this', column names with special characters \"like this\"";
        };
    }

    private Token name() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return new Token(Token.Kind.NAME, text.substring(start, at), start);
    }

    private Token number() throws ExpressionException {
        int start = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = at;
            digits();
            if (at == exponent || at - exponent > 3) {
                throw ExpressionException.syntax(start, "the exponent is no number of up to three digits", null);
            }
        }
        if (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_')) {
            throw ExpressionException.syntax(
                    start, "a name does not begin with a digit", "write the column name \"like this\"");
        }
        return new Token(Token.Kind.NUMBER, text.substring(start, at), start);
    }

    private void digits() {
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token quoted(char quote, Token.Kind kind) throws ExpressionException {
        int start = at;
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != quote) {
                content.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                content.append(c);
                at++;
            } else {
                at++;
                return new Token(kind, content.toString(), start);
            }
        }
        throw ExpressionException.syntax(start, "the quote " + quote + " is not closed", null);
    }
}
