package io.streamforge.operators.expression;

/** A row for which an expression has no value: it is rejected, the rows around it are not. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    private EvaluationException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static EvaluationException divisionByZero() {
        return new EvaluationException("EXPRESSION-DIVISION-BY-ZERO", "division by zero");
    }

    static EvaluationException overflow(String what) {
        return new EvaluationException("EXPRESSION-OVERFLOW", what);
    }

    static EvaluationException cast(Object value, Object type) {
        String text = String.valueOf(value);
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return new EvaluationException("EXPRESSION-CAST", "'" + shown + "' cannot be cast to " + type);
    }

    static EvaluationException argument(String message) {
        return new EvaluationException("EXPRESSION-ARGUMENT", message);
    }

    public String code() {
        return code;
    }
}
