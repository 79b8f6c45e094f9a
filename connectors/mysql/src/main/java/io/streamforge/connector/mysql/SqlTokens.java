package io.streamforge.connector.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement, read one after the other. Comments are left out, the content of the servers' executable comments
 * is not. Past the end comes the empty token.
 */
final class SqlTokens {

    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        TEXT,
        SYMBOL,
        END
    }

    /** @param text without quotes; of a word as it was written */
    record Token(Kind kind, String text) {

        boolean is(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean symbol(char symbol) {
            return kind == Kind.SYMBOL && text.charAt(0) == symbol;
        }

        boolean name() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }
    }

    private static final Token END = new Token(Kind.END, "");

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    SqlTokens(String sql) {
        int i = 0;
        while (i < sql.length()) {
            i = token(sql, i);
        }
    }

    private int token(String sql, int i) {
        char c = sql.charAt(i);
        if (Character.isWhitespace(c)) {
            return i + 1;
        }
        if (c == '#' || sql.startsWith("-- ", i)) {
            int end = sql.indexOf('\n', i);
            return end < 0 ? sql.length() : end + 1;
        }
        if (sql.startsWith("/*", i)) {
            return comment(sql, i);
        }
        if (sql.startsWith("*/", i)) {
            return i + 2;
        }
        if (c == '\'' || c == '"' || c == '`') {
            return quoted(sql, i, c);
        }
        if (Character.isJavaIdentifierPart(c)) {
            int end = i;
            while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
                end++;
            }
            tokens.add(new Token(Kind.WORD, sql.substring(i, end)));
            return end;
        }
        tokens.add(new Token(Kind.SYMBOL, String.valueOf(c)));
        return i + 1;
    }

    private static int comment(String sql, int i) {
        boolean executable = sql.startsWith("/*!", i) || sql.startsWith("/*M!", i);
        if (executable) {
            int end = sql.indexOf('!', i) + 1;
            while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
                end++;
            }
            return end;
        }
        int end = sql.indexOf("*/", i + 2);
        return end < 0 ? sql.length() : end + 2;
    }

    private int quoted(String sql, int i, char quote) {
        StringBuilder text = new StringBuilder();
        int at = i + 1;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && quote != '`' && at + 1 < sql.length()) {
                text.append(sql.charAt(at + 1));
                at += 2;
            } else if (c == quote && at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                text.append(quote);
                at += 2;
            } else if (c == quote) {
                break;
            } else {
                text.append(c);
                at++;
            }
        }
        tokens.add(new Token(quote == '\'' ? Kind.TEXT : Kind.QUOTED, text.toString()));
        return at + 1;
    }

    Token peek() {
        return at < tokens.size() ? tokens.get(at) : END;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    boolean ended() {
        return at >= tokens.size();
    }

    /** Reads the words when all of them come next, nothing otherwise. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    boolean acceptAny(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return true;
            }
        }
        return false;
    }

    boolean accept(char symbol) {
        if (peek().symbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    /** Steps over everything up to a comma, or a closing parenthesis, of this level. */
    void skipToComma() {
        int depth = 0;
        while (!ended()) {
            Token token = peek();
            if (depth == 0 && (token.symbol(',') || token.symbol(')') || token.symbol(';'))) {
                return;
            }
            depth += token.symbol('(') ? 1 : token.symbol(')') ? -1 : 0;
            at++;
        }
    }

    String lower() {
        return peek().text().toLowerCase(Locale.ROOT);
    }
}
