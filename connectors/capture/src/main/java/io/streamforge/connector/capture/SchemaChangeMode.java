package io.streamforge.connector.capture;

import java.util.Locale;

/** What becomes of a changed table definition, in the words of Flink CDC's {@code schema.change.behavior}. */
public enum SchemaChangeMode {
    /** The run halts. */
    EXCEPTION,
    /** The target follows: it gets new columns, which allow null, and wider ones; the run halts at everything else. */
    EVOLVE,
    /** The target follows where it can; where it cannot, rows keep the form they had. */
    TRY_EVOLVE,
    /** As {@link #EVOLVE}, and a column that went stays at the target, null from then on. */
    LENIENT,
    /** The target stays as it is: new columns are left out, a column that went is null from then on. */
    IGNORE;

    /** As the option writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when it is none */
    public static SchemaChangeMode ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
