package io.streamforge.record;

/** What a record says about its row; the wire form is the header {@code op}, absent for {@link #UPSERT}. */
public enum Op {
    /** A row to insert, or to put in place of the row of the same key. */
    UPSERT(""),
    SNAPSHOT("r"),
    CREATE("c"),
    UPDATE("u"),
    /** Only the key remains; travels as a null value. */
    DELETE("d"),
    /**
     * All rows of the table are gone; the row has no bytes. Travels with neither key nor value and the header {@code x: truncate},
     * in a topic of one partition.
     */
    TRUNCATE("t");

    private final String code;

    Op(String code) {
        this.code = code;
    }

    /** The header's value; empty when no header is written. */
    public String code() {
        return code;
    }

    /**
     * The operation of a header value.
     *
     * @throws IllegalArgumentException for an unknown code
     */
    public static Op ofCode(String code) {
        for (Op op : values()) {
            if (op.code.equals(code)) {
                return op;
            }
        }
        throw new IllegalArgumentException("'" + code + "' is not an operation; known: r, c, u, d, t");
    }
}
