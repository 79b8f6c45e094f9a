package io.streamforge.testing.arango;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a query into tokens. */
final class AqlLexer {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|//[^\\n]*|/\\*.*?\\*/"
                    + "|(?<name>[A-Za-z_][A-Za-z0-9_]*)"
                    + "|`(?<quotedname>[^`]+)`"
                    + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
                    + "|\"(?<doublequoted>(?:[^\"\\\\]|\\\\.)*)\"|'(?<singlequoted>(?:[^'\\\\]|\\\\.)*)'"
                    + "|@@(?<collection>[A-Za-z0-9_]+)|@(?<bind>[A-Za-z0-9_]+)"
                    + "|(?<symbol>==|!=|<=|>=|&&|\\|\\||[-+*/%<>!?:.,()\\[\\]{}=])",
            Pattern.DOTALL);

    private AqlLexer() {}

    enum Kind {
        NAME,
        QUOTED_NAME,
        NUMBER,
        STRING,
        COLLECTION,
        BIND,
        SYMBOL,
        END
    }

    record Token(Kind kind, String text, int at) {

        boolean is(String symbolOrKeyword) {
            return (kind == Kind.SYMBOL && text.equals(symbolOrKeyword))
                    || (kind == Kind.NAME && text.equalsIgnoreCase(symbolOrKeyword));
        }
    }

    static List<Token> tokens(String query) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int at = 0;
        while (at < query.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new ArangoFailure(
                        ErrorCode.QUERY_PARSE, "unexpected '" + query.charAt(at) + "' at position " + at);
            }
            add(tokens, matcher, at);
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "end of query", at));
        return tokens;
    }

    private static void add(List<Token> tokens, Matcher matcher, int at) {
        add(tokens, Kind.NAME, matcher.group("name"), at);
        add(tokens, Kind.QUOTED_NAME, matcher.group("quotedname"), at);
        add(tokens, Kind.NUMBER, matcher.group("number"), at);
        add(tokens, Kind.STRING, matcher.group("doublequoted"), at);
        add(tokens, Kind.STRING, matcher.group("singlequoted"), at);
        add(tokens, Kind.COLLECTION, matcher.group("collection"), at);
        add(tokens, Kind.BIND, matcher.group("bind"), at);
        add(tokens, Kind.SYMBOL, matcher.group("symbol"), at);
    }

    private static void add(List<Token> tokens, Kind kind, @Nullable String text, int at) {
        if (text != null) {
            tokens.add(new Token(kind, kind == Kind.STRING ? text.replaceAll("\\\\(.)", "$1") : text, at));
        }
    }
}
