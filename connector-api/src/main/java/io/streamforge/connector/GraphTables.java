package io.streamforge.connector;

import static io.streamforge.record.Column.nullable;
import static io.streamforge.record.Column.required;

import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.List;

/** The two tables a graph consists of, wherever it is stored. */
public final class GraphTables {

    public static final int VERTICES = 0;
    public static final int EDGES = 1;

    private static final DataType MOMENT = DataType.timestampTz(6);

    /** Vertices have names, the keys within their label, and ids made of both. */
    private static final RowSchema VERTEX = new RowSchema(
            "vertices",
            List.of(
                    required("id", DataType.STRING),
                    required("label", DataType.STRING),
                    required("name", DataType.STRING),
                    required("properties", DataType.JSON),
                    nullable("valid_from", MOMENT),
                    nullable("valid_to", MOMENT)),
            List.of("id"));

    /** Edges begin and end at the ids of vertices. */
    private static final RowSchema EDGE = new RowSchema(
            "edges",
            List.of(
                    required("id", DataType.STRING),
                    required("label", DataType.STRING),
                    required("from_id", DataType.STRING),
                    required("to_id", DataType.STRING),
                    nullable("weight", DataType.FLOAT64),
                    required("properties", DataType.JSON),
                    nullable("valid_from", MOMENT),
                    nullable("valid_to", MOMENT)),
            List.of("id"));

    /** In the order of {@link #VERTICES} and {@link #EDGES}. */
    public static final List<RowSchema> SCHEMAS = List.of(VERTEX, EDGE);

    private GraphTables() {}
}
