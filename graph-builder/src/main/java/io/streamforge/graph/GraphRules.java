package io.streamforge.graph;

import io.streamforge.record.RowSchema;
import java.util.List;

/**
 * A configured graph.
 *
 * @param input schemas of the tables that rows come from
 * @param flushRows offsets after which changed elements are given
 * @param maxElements elements whose properties are merged over all rows
 */
record GraphRules(
        List<RowSchema> input,
        List<VertexRule> vertices,
        List<EdgeRule> edges,
        List<RelationRule> relations,
        int flushRows,
        int maxElements) {

    GraphRules {
        input = List.copyOf(input);
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
        relations = List.copyOf(relations);
    }
}
