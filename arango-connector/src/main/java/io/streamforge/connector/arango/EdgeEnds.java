package io.streamforge.connector.arango;

import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.List;

/** The attributes {@code _from} and {@code _to} of an edge, made from the columns that hold the ids of its vertices. */
final class EdgeEnds {

    static final String FROM = "from_id";
    static final String TO = "to_id";

    private final String vertices;
    private final DocumentKeys from;
    private final DocumentKeys to;

    /** @param vertices the collection of the vertices */
    EdgeEnds(String vertices, RowSchema schema) {
        this.vertices = vertices;
        from = new DocumentKeys(schema, List.of(FROM));
        to = new DocumentKeys(schema, List.of(TO));
    }

    /** Members of a JSON object, with a comma at the end. */
    String of(RowCursor row) {
        return "\"_from\":\"" + vertices + "/" + from.of(row) + "\",\"_to\":\"" + vertices + "/" + to.of(row) + "\",";
    }
}
