package io.streamforge.model;

/** A text that is not a document: the parser cannot go on, so there is one place and one reason. */
final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final String code;

    SyntaxException(String code, Location location, String message) {
        super(message);
        this.code = code;
        this.location = location;
    }

    Diagnostic diagnostic() {
        return new Diagnostic(
                Diagnostic.Level.SYNTAX,
                Diagnostic.Severity.ERROR,
                location.line(),
                location.column(),
                "",
                code,
                String.valueOf(getMessage()),
                null);
    }
}
