package io.streamforge.queue.prepare;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.TopicSpec;
import io.streamforge.queue.reconcile.PreparationException;
import io.streamforge.queue.reconcile.Preparer;
import io.streamforge.queue.run.Edge;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Prepares a run that writes again what another has rejected: each sink that has rejected rows finds them in a topic of its own,
 * as if a source had just read them. Everything else is left to another preparer.
 */
public final class ReplayPreparer implements Preparer {

    private final Preparer others;
    private final Broker broker;
    private final Store store;
    private final Clock clock;

    public ReplayPreparer(Preparer others, Broker broker, Store store, Clock clock) {
        this.others = others;
        this.broker = broker;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Observation.Prepared prepare(Run run) throws PreparationException, InterruptedException {
        String rejecting = run.origin().replayOf();
        if (rejecting == null) {
            return others.prepare(run);
        }
        Run old = store.run(rejecting).orElseThrow(() -> gone(rejecting));
        List<DeadLetter> letters = broker.deadLetters(rejecting);
        Map<Integer, String> schemas = store.schemas().stream()
                .collect(Collectors.toMap(RegisteredSchema::id, RegisteredSchema::schema, (one, same) -> one));
        List<Vertex> vertices = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (List<Vertex> tasks : sinks(old).values()) {
            ReplayedSink sink = new ReplayedSink(run.queueId(), old, tasks, edges.size() + 1, schemas);
            List<DeadLetter> rejected = letters.stream().filter(sink::mine).toList();
            if (!rejected.isEmpty()) {
                broker.ensure(List.of(TopicSpec.data(sink.topic(), 1)));
                broker.fill(sink.topic(), rejected.stream().map(sink::record).toList());
                vertices.add(sink.source(rejected, clock.instant()));
                vertices.add(sink.sink());
                edges.add(sink.edge(broker.endOffsets(sink.topic())));
            }
        }
        if (edges.isEmpty()) {
            throw gone(rejecting);
        }
        return new Observation.Prepared(vertices, edges);
    }

    /** The tasks of each sink, by its group. */
    private static Map<String, List<Vertex>> sinks(Run run) {
        Map<String, List<Vertex>> sinks = new LinkedHashMap<>();
        for (Vertex vertex : run.vertices()) {
            if (vertex.sink()) {
                String group = Objects.requireNonNull(vertex.task().input()).group();
                sinks.computeIfAbsent(group, key -> new ArrayList<>()).add(vertex);
            }
        }
        return sinks;
    }

    private static PreparationException gone(String queueId) {
        return new PreparationException(
                new ErrorInfo(
                        "DEAD-LETTERS-GONE",
                        Category.FATAL,
                        "the rows that run " + queueId + " has rejected are there no more",
                        null,
                        "start the workflow again with from: fresh; errors.keep says how long they stay"),
                null);
    }
}
