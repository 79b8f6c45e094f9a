package io.streamforge.queue.graph;

import io.streamforge.model.WorkflowParser;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.store.Page;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.WorkflowFilter;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import io.streamforge.queue.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The graphs that stored workflows write; there is nothing to register, and a deleted workflow's graph is no longer known. */
public final class Graphs {

    private static final String OPERATOR = "graph";
    private static final String OPTION = "graph";
    private static final int PAGE = 500;

    private final Store store;
    private final GraphStores stores;

    public Graphs(Store store, GraphStores stores) {
        this.store = store;
        this.stores = stores;
    }

    /** By name of the workflow. */
    public List<KnownGraph> all() {
        List<KnownGraph> graphs = new ArrayList<>();
        Page<Workflow> page;
        int seen = 0;
        do {
            page = store.workflows(new WorkflowFilter("", WorkflowFilter.Sort.NAME, false, seen, PAGE));
            page.items().forEach(workflow -> of(workflow).ifPresent(graphs::add));
            seen += page.items().size();
        } while (seen < page.total() && !page.items().isEmpty());
        return graphs;
    }

    /**
     * The graph of a name; a workflow's name finds its graph, too.
     *
     * @throws RefusedException when there is none
     */
    public KnownGraph require(String name) {
        Optional<KnownGraph> ofWorkflow = store.workflow(name).flatMap(this::of);
        return ofWorkflow
                .or(() -> all().stream()
                        .filter(graph -> graph.name().equals(name))
                        .findFirst())
                .orElseThrow(() -> new RefusedException(
                        Reason.NOT_FOUND,
                        "GRAPH-UNKNOWN",
                        "no workflow writes a graph of this name; GET /api/v1/graphs lists those there are"));
    }

    /** What the first sink that can be asked writes. */
    private Optional<KnownGraph> of(Workflow workflow) {
        return WorkflowParser.ofDocument(workflow.spec())
                .spec()
                .filter(spec -> spec.operators().stream()
                        .anyMatch(operation -> operation.name().equals(OPERATOR)))
                .flatMap(spec -> spec.sinks().stream()
                        .filter(sink -> stores.holdsGraphs(sink.connector()))
                        .findFirst())
                .map(sink -> new KnownGraph(name(workflow, sink), workflow.name(), sink.connector(), sink.options()));
    }

    private static String name(Workflow workflow, WorkflowSpec.Endpoint sink) {
        return sink.options().get(OPTION) instanceof String name ? name : workflow.name();
    }
}
