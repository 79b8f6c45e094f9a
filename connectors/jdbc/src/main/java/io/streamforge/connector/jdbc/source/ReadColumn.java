package io.streamforge.connector.jdbc.source;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column that may be read.
 *
 * @param type as the database writes it
 * @param logical type of the rows' column; null when values of the type cannot be read
 * @param expression SQL that gives the value in the form its reader expects
 */
public record ReadColumn(
        String name,
        String type,
        boolean nullable,
        @Nullable DataType logical,
        String expression) {

    /** Only for columns whose type can be read. */
    public Column column() {
        return new Column(name, Objects.requireNonNull(logical), nullable);
    }
}
