package io.streamforge.connector.mysql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the type of a column from its declaration and gives it the server's own spelling. */
final class ColumnDefinitions {

    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("bool", "tinyint(1)"),
            Map.entry("boolean", "tinyint(1)"),
            Map.entry("int1", "tinyint"),
            Map.entry("int2", "smallint"),
            Map.entry("int3", "mediumint"),
            Map.entry("middleint", "mediumint"),
            Map.entry("int4", "int"),
            Map.entry("integer", "int"),
            Map.entry("int8", "bigint"),
            Map.entry("serial", "bigint unsigned"),
            Map.entry("float4", "float"),
            Map.entry("float8", "double"),
            Map.entry("real", "double"),
            Map.entry("dec", "decimal"),
            Map.entry("fixed", "decimal"),
            Map.entry("numeric", "decimal"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"),
            Map.entry("nvarchar", "varchar"),
            Map.entry("long", "mediumtext"));

    private ColumnDefinitions() {}

    static Ddl.Definition read(String name, SqlTokens tokens) {
        tokens.accept("national");
        StringBuilder type = new StringBuilder(typeName(tokens));
        if (tokens.accept('(')) {
            arguments(type, tokens);
        }
        boolean nullable = !type.toString().startsWith("bigint unsigned");
        String charset = null;
        while (!tokens.ended() && !tokens.peek().symbol(',') && !tokens.peek().symbol(')')) {
            Optional<String> found = charset(tokens);
            if (found.isPresent()) {
                charset = found.get();
            } else if (tokens.accept("unsigned") || tokens.accept("zerofill")) {
                type.append(type.indexOf(" unsigned") < 0 ? " unsigned" : "");
            } else if (tokens.accept("not", "null") || tokens.accept("primary", "key")) {
                nullable = false;
            } else if (tokens.peek().is("first") || tokens.peek().is("after")) {
                break;
            } else if (tokens.accept('(')) {
                skipParentheses(tokens);
            } else {
                tokens.next();
            }
        }
        return new Ddl.Definition(name, type.toString(), charset, nullable);
    }

    private static String typeName(SqlTokens tokens) {
        String word = tokens.next().text().toLowerCase(Locale.ROOT);
        boolean varying = tokens.accept("varying") || (word.equals("long") && tokens.accept("varchar"));
        tokens.accept("precision");
        if (varying && !word.equals("long")) {
            return "varchar";
        }
        return SYNONYMS.getOrDefault(word, word);
    }

    private static void arguments(StringBuilder type, SqlTokens tokens) {
        type.append('(');
        while (!tokens.ended() && !tokens.accept(')')) {
            SqlTokens.Token token = tokens.next();
            boolean text = token.kind() == SqlTokens.Kind.TEXT || token.kind() == SqlTokens.Kind.QUOTED;
            type.append(text ? "'" + token.text().replace("'", "''") + "'" : token.text());
        }
        type.append(')');
    }

    private static void skipParentheses(SqlTokens tokens) {
        int depth = 1;
        while (!tokens.ended() && depth > 0) {
            SqlTokens.Token token = tokens.next();
            depth += token.symbol('(') ? 1 : token.symbol(')') ? -1 : 0;
        }
    }

    /** The character set that is named next, or the one of the collation that is. */
    static Optional<String> charset(SqlTokens tokens) {
        if (tokens.accept("character", "set") || tokens.accept("charset") || tokens.accept("char", "set")) {
            tokens.accept('=');
            return Optional.of(tokens.next().text().toLowerCase(Locale.ROOT));
        }
        if (tokens.accept("collate")) {
            tokens.accept('=');
            String collation = tokens.next().text().toLowerCase(Locale.ROOT);
            int end = collation.indexOf('_');
            return Optional.of(end < 0 ? collation : collation.substring(0, end));
        }
        return tokens.accept("ascii") ? Optional.of("latin1") : Optional.empty();
    }
}
