package io.streamforge.queue.prepare;

import io.streamforge.messages.Task;
import io.streamforge.model.JobGraph;
import io.streamforge.model.ParsedWorkflow;
import io.streamforge.model.PlanResult;
import io.streamforge.model.Planner;
import io.streamforge.model.TaskFactory;
import io.streamforge.model.WorkflowParser;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.TopicSpec;
import io.streamforge.queue.reconcile.PreparationException;
import io.streamforge.queue.reconcile.Preparer;
import io.streamforge.queue.run.Edge;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans a run against the real systems, then registers its schemas and makes its topics. */
public final class RunPreparer implements Preparer {

    private final Planner planner;
    private final SchemaRegistry schemas;
    private final Broker broker;

    public RunPreparer(Planner planner, SchemaRegistry schemas, Broker broker) {
        this.planner = planner;
        this.schemas = schemas;
        this.broker = broker;
    }

    @Override
    public Observation.Prepared prepare(Run run) throws PreparationException, InterruptedException {
        ParsedWorkflow workflow = WorkflowParser.ofDocument(run.origin().spec());
        PlanResult plan = planner.plan(workflow);
        if (Thread.interrupted()) {
            throw new InterruptedException("preparing " + run.queueId());
        }
        if (plan.error().isPresent()) {
            throw new PreparationException(plan.error().get(), null);
        }
        return prepared(run, workflow.spec().orElseThrow(), plan.graph().orElseThrow());
    }

    private Observation.Prepared prepared(Run run, WorkflowSpec spec, JobGraph graph) {
        TaskFactory factory = new TaskFactory(spec, graph, run.queueId(), schemas::id);
        List<TaskFactory.RunTopic> topics = factory.topics();
        List<TopicSpec> wanted = new ArrayList<>();
        wanted.add(TopicSpec.positions(run.workflow()));
        topics.forEach(topic -> wanted.add(TopicSpec.data(topic.name(), topic.partitions())));
        broker.ensure(wanted);
        return new Observation.Prepared(
                factory.tasks().stream()
                        .map(task -> Vertex.waiting(task.vertex(), task.worker(), from(task.task(), run)))
                        .toList(),
                topics.stream().map(RunPreparer::edge).toList());
    }

    /** Where the run begins was decided when it was started. */
    private static Task from(Task task, Run run) {
        return new Task(
                task.workflow(),
                task.role(),
                task.connector(),
                task.options(),
                task.schema(),
                task.operators(),
                task.splits(),
                task.output(),
                task.input(),
                task.positionsTopic(),
                task.deadTopic(),
                run.origin().from(),
                task.errors(),
                task.checkpointInterval());
    }

    private static Edge edge(TaskFactory.RunTopic topic) {
        return new Edge(
                topic.edge(),
                topic.from(),
                topic.to(),
                topic.name(),
                topic.partitions(),
                Optional.ofNullable(topic.key()).map(Task.SchemaRef::id).orElse(null),
                topic.value().id(),
                null);
    }
}
