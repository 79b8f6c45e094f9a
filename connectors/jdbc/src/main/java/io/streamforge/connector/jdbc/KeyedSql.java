package io.streamforge.connector.jdbc;

import java.util.List;
import java.util.Optional;

/**
 * What puts and deletes rows by key, out of temporary tables they were sent to.
 *
 * @param prepare creates the temporary tables on a new connection
 * @param put brings the rows over; the first statement's count is that of the rows it met when {@code counted}
 * @param delete deletes the rows whose keys were sent
 * @param twice finds two rows that the database takes for one key although their bytes differ; empty where that cannot be
 * @param clear empties the temporary tables
 */
record KeyedSql(
        List<String> prepare,
        List<String> put,
        boolean counted,
        List<String> delete,
        Optional<String> twice,
        List<String> clear) {

    KeyedSql {
        prepare = List.copyOf(prepare);
        put = List.copyOf(put);
        delete = List.copyOf(delete);
        clear = List.copyOf(clear);
    }
}
