package io.streamforge.operators.expression;

import org.jspecify.annotations.Nullable;

/** A mistake in an expression's text. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String suggestion;

    /** @param position index of the character in the text */
    ExpressionException(String code, int position, String message, @Nullable String suggestion) {
        super("at character " + (position + 1) + ": " + message);
        this.code = code;
        this.suggestion = suggestion;
    }

    static ExpressionException syntax(int position, String message, @Nullable String suggestion) {
        return new ExpressionException("EXPRESSION-SYNTAX", position, message, suggestion);
    }

    static ExpressionException type(int position, String message, @Nullable String suggestion) {
        return new ExpressionException("EXPRESSION-TYPE", position, message, suggestion);
    }

    public String code() {
        return code;
    }

    public @Nullable String suggestion() {
        return suggestion;
    }
}
