package io.streamforge.connector.jdbc.source;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of one query; read by one thread. */
public interface RowStream {

    /** The next rows, null after the last one. */
    @Nullable RowChunk next() throws SQLException;
}
