package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.Problem;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.Split;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.JobGraph.Part;
import io.streamforge.model.JobGraph.Vertex;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Operation;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compiles a workflow to a job graph: asks the source what it has, compiles the operators against its schema, chooses the key of
 * the topic, asks the sinks whether they can take the rows (levels four and five), and spreads splits and partitions over workers.
 */
public final class Planner {

    /** Name of the vertex that reads. */
    public static final String SOURCE = "source";

    private static final String SINK = "sink";
    private static final Problem EVOLVING_JSON = new Problem(
            "SCHEMA-CHANGES-JSON",
            "format",
            "rows that are JSON do not say which columns they had when they were written",
            "leave out format, or set schema_changes to exception or ignore");

    private final ConnectorDescriptors connectors;
    private final Map<String, OperatorProvider> operators;
    private final Discoverer discoverer;
    private final boolean sharing;

    public Planner(ConnectorDescriptors connectors, Map<String, OperatorProvider> operators, Discoverer discoverer) {
        this(connectors, operators, discoverer, false);
    }

    /** @param sharing whether sinks of streaming workflows are scaled: as many workers as there is work for share each */
    public Planner(
            ConnectorDescriptors connectors,
            Map<String, OperatorProvider> operators,
            Discoverer discoverer,
            boolean sharing) {
        this.connectors = connectors;
        this.operators = Map.copyOf(operators);
        this.discoverer = discoverer;
        this.sharing = sharing;
    }

    /** Checks the workflow on all levels and compiles it; blocks as long as the discoverer does. */
    public PlanResult plan(ParsedWorkflow workflow) {
        Findings findings = new Findings(workflow, new Validator(connectors, operators).validate(workflow));
        Optional<JobGraph> graph =
                findings.failed() ? Optional.empty() : workflow.spec().flatMap(spec -> compile(spec, findings));
        return findings.result(graph);
    }

    private Optional<JobGraph> compile(WorkflowSpec spec, Findings findings) {
        Optional<Discovery> discovery = discover(connectors.source(spec), findings);
        if (discovery.isEmpty()) {
            return Optional.empty();
        }
        List<RowSchema> rows = new EdgeSchema(operators, connectors, findings)
                .of(spec, discovery.get().schemas());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        boolean evolving = discovery.get().evolving();
        if (evolving && spec.format() == Task.Format.JSON) {
            findings.add(Level.COMPATIBILITY, EVOLVING_JSON);
        }
        spec.sinks().forEach(sink -> check(sink, rows, evolving, findings));
        return findings.failed() ? Optional.empty() : Optional.of(graph(spec, discovery.get(), rows));
    }

    private Optional<Discovery> discover(Endpoint source, Findings findings) {
        try {
            return Optional.of(discoverer.discover(source.connector(), source.options()));
        } catch (ConnectorException e) {
            findings.unreachable(source, e.error());
            return Optional.empty();
        }
    }

    private void check(Endpoint sink, List<RowSchema> rows, boolean evolving, Findings findings) {
        try {
            findings.incompatible(
                    sink,
                    role(sink, Task.Role.SINK),
                    evolving
                            ? discoverer.checkEvolving(sink.connector(), sink.options(), rows)
                            : discoverer.check(sink.connector(), sink.options(), rows));
        } catch (ConnectorException e) {
            findings.unreachable(sink, e.error());
        }
    }

    private JobGraph graph(WorkflowSpec spec, Discovery discovery, List<RowSchema> rows) {
        int partitions = spec.resources().partitions();
        List<Vertex> vertices = new ArrayList<>();
        vertices.add(vertex(
                SOURCE,
                connectors.source(spec),
                Task.Role.SOURCE,
                spec.operators().stream().map(Operation::asMap).toList(),
                Optional.of(discovery.schema()),
                sourceParts(discovery.splits(), spec.resources().parallelism())));
        List<String> sinks = new ArrayList<>();
        for (int i = 0; i < spec.sinks().size(); i++) {
            String name = spec.sinks().size() == 1 ? SINK : SINK + "-" + (i + 1);
            sinks.add(name);
            vertices.add(vertex(
                    name,
                    spec.sinks().get(i),
                    Task.Role.SINK,
                    List.of(),
                    Optional.empty(),
                    sharing && spec.mode() == WorkflowSpec.Mode.STREAMING
                            ? sharedPart(name, partitions)
                            : sinkParts(name, partitions, spec.resources().parallelism())));
        }
        JobGraph.Edge edge = new JobGraph.Edge(SOURCE, SOURCE, sinks, partitions, rows);
        return new JobGraph(
                vertices, List.of(edge), spec.begin(connectors), discovery.estimatedRows(), discovery.evolving());
    }

    private Vertex vertex(
            String name,
            Endpoint endpoint,
            Task.Role role,
            List<Map<String, Object>> chained,
            Optional<RowSchema> schema,
            List<Part> parts) {
        return new Vertex(
                name,
                endpoint.path(),
                role,
                role(endpoint, role).worker(),
                endpoint.connector(),
                endpoint.options(),
                chained,
                schema.orElse(null),
                parts);
    }

    private ConnectorDescriptor.Role role(Endpoint endpoint, Task.Role role) {
        return connectors.role(endpoint.connector(), role).orElseThrow();
    }

    private static List<Part> sourceParts(List<Split> splits, int parallelism) {
        int workers = Math.min(parallelism, splits.size());
        return IntStream.range(0, workers)
                .mapToObj(worker -> new Part(
                        partName(SOURCE, worker, workers),
                        share(splits.size(), worker, workers)
                                .mapToObj(splits::get)
                                .toList(),
                        List.of()))
                .toList();
    }

    private static List<Part> sinkParts(String vertex, int partitions, int parallelism) {
        int workers = Math.min(parallelism, partitions);
        return IntStream.range(0, workers)
                .mapToObj(worker -> new Part(
                        partName(vertex, worker, workers),
                        List.of(),
                        share(partitions, worker, workers).boxed().toList()))
                .toList();
    }

    private static List<Part> sharedPart(String vertex, int partitions) {
        return List.of(new Part(
                vertex, List.of(), IntStream.range(0, partitions).boxed().toList(), true));
    }

    /** Every n-th, so that shares differ by one at most. */
    private static IntStream share(int size, int worker, int workers) {
        return IntStream.range(0, size).filter(index -> index % workers == worker);
    }

    private static String partName(String vertex, int worker, int workers) {
        return workers == 1 ? vertex : vertex + "-" + worker;
    }
}
