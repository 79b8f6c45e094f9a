package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Problem;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.Split;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.JobGraph.Part;
import io.streamforge.model.JobGraph.Vertex;
import io.streamforge.model.Segment.Step;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Operation;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compiles a workflow to a job graph: asks the source what it has, compiles operators and stages against its schema, chooses the key
 * of the last topic, asks the sinks whether they can take the rows (levels four and five), and spreads splits and partitions over workers.
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
    private final OperatorCatalog operators;
    private final Discoverer discoverer;
    private final boolean sharing;

    public Planner(ConnectorDescriptors connectors, OperatorCatalog operators, Discoverer discoverer) {
        this(connectors, operators, discoverer, false);
    }

    /** @param sharing whether sinks of streaming workflows are scaled: as many workers as there is work for share each */
    public Planner(ConnectorDescriptors connectors, OperatorCatalog operators, Discoverer discoverer, boolean sharing) {
        this.connectors = connectors;
        this.operators = operators;
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
        List<Segment> segments = new Segments(operators, connectors, findings)
                .of(spec, discovery.get().schemas());
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        boolean evolving = discovery.get().evolving();
        if (evolving) {
            requireFollowers(spec, segments, findings);
        }
        List<RowSchema> rows = segments.get(segments.size() - 1).rows();
        spec.sinks().forEach(sink -> check(sink, rows, evolving, findings));
        if (findings.failed()) {
            return Optional.empty();
        }
        boolean joining = discovery.get().joining() && joining(spec, segments, findings);
        return Optional.of(graph(spec, discovery.get(), segments, joining));
    }

    /** Rows that change their columns need a form that says which, and nobody on their way who was compiled for those of before. */
    private static void requireFollowers(WorkflowSpec spec, List<Segment> segments, Findings findings) {
        if (spec.format() == Task.Format.JSON) {
            findings.add(Level.COMPATIBILITY, EVOLVING_JSON);
        }
        segments.stream()
                .flatMap(segment -> Stream.ofNullable(segment.stage()))
                .forEach(stage -> findings.add(
                        Level.COMPATIBILITY,
                        new Problem(
                                "SCHEMA-CHANGES-STAGE",
                                stage.operation().path(),
                                "'" + stage.operation().name()
                                        + "' is made for the columns that its rows have at the start",
                                "set schema_changes of the source to exception or ignore")));
    }

    /** Tables join a run whose rows say of which table they are, pass nothing that was made for others, and have targets of their own. */
    private boolean joining(WorkflowSpec spec, List<Segment> segments, Findings findings) {
        return spec.format() == Task.Format.AVRO
                && segments.size() == 1
                && segments.get(0).operators().isEmpty()
                && spec.sinks().stream().allMatch(sink -> takesNewTables(sink, findings));
    }

    private boolean takesNewTables(Endpoint sink, Findings findings) {
        try {
            return discoverer.takesNewTables(sink.connector(), sink.options());
        } catch (ConnectorException e) {
            findings.unreachable(sink, e.error());
            return false;
        }
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

    private JobGraph graph(WorkflowSpec spec, Discovery discovery, List<Segment> segments, boolean joining) {
        List<Vertex> sinks = sinks(spec);
        List<Vertex> vertices = new ArrayList<>();
        List<JobGraph.Edge> edges = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            List<String> readers = last
                    ? sinks.stream().map(Vertex::name).toList()
                    : List.of(segments.get(i + 1).name());
            int partitions = last ? spec.resources().partitions() : partitions(spec, segments.get(i + 1));
            Step stage = segment.stage();
            vertices.add(
                    stage == null
                            ? source(spec, discovery, segment)
                            : stage(stage, segment, partitions(spec, segment), spec));
            edges.add(new JobGraph.Edge(segment.name(), segment.name(), readers, partitions, segment.rows()));
        }
        vertices.addAll(sinks);
        return new JobGraph(
                vertices, edges, spec.begin(connectors), discovery.estimatedRows(), discovery.evolving(), joining);
    }

    /** Of the topic that a stage reads. */
    private static int partitions(WorkflowSpec spec, Segment reader) {
        Step stage = reader.stage();
        return stage != null && stage.onePartition() ? 1 : spec.resources().partitions();
    }

    private Vertex source(WorkflowSpec spec, Discovery discovery, Segment segment) {
        return vertex(
                SOURCE,
                connectors.source(spec),
                Task.Role.SOURCE,
                maps(segment),
                Optional.of(discovery.schema()),
                sourceParts(discovery.splits(), spec.resources().parallelism()));
    }

    private static Vertex stage(Step stage, Segment segment, int partitions, WorkflowSpec spec) {
        return new Vertex(
                stage.name(),
                stage.operation().path(),
                Task.Role.STAGE,
                stage.provider().worker(),
                stage.operation().name(),
                Task.stageOptions(stage.operation().configuration()),
                maps(segment),
                null,
                consumingParts(stage.name(), partitions, spec.resources().parallelism()));
    }

    private static List<Map<String, Object>> maps(Segment segment) {
        return segment.operators().stream().map(Operation::asMap).toList();
    }

    private List<Vertex> sinks(WorkflowSpec spec) {
        int partitions = spec.resources().partitions();
        List<Vertex> sinks = new ArrayList<>();
        for (int i = 0; i < spec.sinks().size(); i++) {
            String name = spec.sinks().size() == 1 ? SINK : SINK + "-" + (i + 1);
            sinks.add(vertex(
                    name,
                    spec.sinks().get(i),
                    Task.Role.SINK,
                    List.of(),
                    Optional.empty(),
                    sharing && spec.mode() == WorkflowSpec.Mode.STREAMING
                            ? sharedPart(name, partitions)
                            : consumingParts(name, partitions, spec.resources().parallelism())));
        }
        return sinks;
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

    private static List<Part> consumingParts(String vertex, int partitions, int parallelism) {
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
