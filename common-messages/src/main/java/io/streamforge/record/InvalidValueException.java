package io.streamforge.record;

/** A value that its column cannot hold exactly: the row is rejected, the rows around it are not. */
public final class InvalidValueException extends RuntimeException {

    private static final int SHOWN = 80;
    private static final long serialVersionUID = 1L;

    private final String column;

    public InvalidValueException(Column column, Object value, String reason) {
        super("column '" + column.name() + "' (" + column.type() + "): " + shorten(value) + ": " + reason);
        this.column = column.name();
    }

    public String column() {
        return column;
    }

    private static String shorten(Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
    }
}
