package io.streamforge.record;

/** A named, typed column; names are any non-empty text and keep their case. */
public record Column(String name, DataType type, boolean nullable) {

    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column's name is empty");
        }
    }

    public static Column required(String name, DataType type) {
        return new Column(name, type, false);
    }

    public static Column nullable(String name, DataType type) {
        return new Column(name, type, true);
    }
}
