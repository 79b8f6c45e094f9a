package io.streamforge.graph;

import io.streamforge.connector.GraphTables;
import io.streamforge.connector.Problem;
import io.streamforge.connector.StagePlan;
import io.streamforge.connector.StageProvider;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;

/** {@code graph: {vertices: …, edges: …, relations: …}}. */
public final class GraphProvider implements StageProvider {

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public String description() {
        return "Makes vertices and edges of rows, and edges weighed over windows of event time; gives the tables vertices and"
                + " edges: graph: {vertices: {customer: {key: customer_id, properties: {name: name}}, shop: {key: shop}},"
                + " edges: [{label: buys_at, from: customer, to: shop}]}.";
    }

    @Override
    public String worker() {
        return "graph-builder";
    }

    @Override
    public Optional<StagePlan> plan(Object configuration, List<RowSchema> input, List<Problem> problems) {
        return new RulesReader(input, problems)
                .read(configuration)
                .map(rules -> new StagePlan(GraphTables.SCHEMAS, true, () -> new GraphStage(rules)));
    }
}
