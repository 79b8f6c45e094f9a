package io.streamforge.operators.expression;

/**
 * @param text of a name or string without its quotes and escapes; otherwise as it was written
 * @param position index of its first character
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        NAME,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    boolean symbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean keyword(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
