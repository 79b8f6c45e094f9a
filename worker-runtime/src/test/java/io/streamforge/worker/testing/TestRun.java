package io.streamforge.worker.testing;

import io.streamforge.messages.Command;
import io.streamforge.messages.Event;
import io.streamforge.messages.Ids;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.AvroSchemas;
import io.streamforge.testing.RollingSum;
import io.streamforge.worker.CommandReference;
import io.streamforge.worker.Tuning;
import io.streamforge.worker.Worker;
import io.streamforge.worker.WorkerResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of a workflow {@code numbers} to {@code recorder}, whose commands a test says. */
public final class TestRun {

    public static final int KEY_ID = 7;
    public static final int VALUE_ID = 8;
    private static final int SUM_KEY_ID = 9;
    private static final int SUM_ID = 10;
    private static final Task.MaxLag UNBOUNDED = new Task.MaxLag(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Installation installation;
    public final String workflow;
    public final String queueId;
    private final Map<String, Object> sourceOptions = new LinkedHashMap<>();
    private final Map<String, Object> sinkOptions = new LinkedHashMap<>();
    private final Map<String, Object> stage = new LinkedHashMap<>();
    private int partitions = 1;
    private int splits = 1;
    private Task.Format format = Task.Format.AVRO;
    private Task.From from = Task.From.LAST;
    private Task.Errors errors = new Task.Errors(Task.Rejected.DEAD_LETTER, 1);
    private Task.MaxLag maxLag = UNBOUNDED;
    private boolean keyed = true;
    private boolean shared;

    public TestRun(Installation installation) {
        this(installation, "numbers-" + NUMBER.incrementAndGet());
    }

    public TestRun(Installation installation, String workflow) {
        this.installation = installation;
        this.workflow = workflow;
        queueId = Ids.queueId(workflow, LocalDate.of(2024, 8, 1), new Random());
        sourceOptions.put("control", queueId);
        sinkOptions.put("target", queueId);
    }

    /** What has become of a worker that ends by itself. */
    public static WorkerResult ended(Worker worker) throws ExecutionException, InterruptedException, TimeoutException {
        return worker.result().get(60, TimeUnit.SECONDS);
    }

    /** The last event of the run's workers. */
    public Event last() {
        return last(event -> true);
    }

    /** The last event of a vertex. */
    public Event last(String vertex) {
        return last(event -> event.vertex().equals(vertex));
    }

    private Event last(Predicate<Event> wanted) {
        return installation.events(queueId).stream()
                .filter(wanted)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    public TestRun source(String option, Object value) {
        sourceOptions.put(option, value);
        return this;
    }

    public TestRun sink(String option, Object value) {
        sinkOptions.put(option, value);
        return this;
    }

    /** A rolling sum between source and sink, configured so. */
    public TestRun stage(String member, Object value) {
        stage.put(member, value);
        return this;
    }

    public TestRun partitions(int number) {
        partitions = number;
        return this;
    }

    public TestRun splits(int number) {
        splits = number;
        return this;
    }

    public TestRun format(Task.Format newFormat) {
        format = newFormat;
        return this;
    }

    public TestRun from(Task.From newFrom) {
        from = newFrom;
        return this;
    }

    public TestRun errors(Task.Rejected rejected, double maxRatio) {
        errors = new Task.Errors(rejected, maxRatio);
        return this;
    }

    public TestRun maxLag(long records) {
        maxLag = new Task.MaxLag(records, Long.MAX_VALUE);
        return this;
    }

    /** Several workers share the sink. */
    public TestRun shared() {
        shared = true;
        return this;
    }

    public TestRun unkeyed() {
        keyed = false;
        return this;
    }

    /** Makes the topics of the run; those of the workflow only when nobody did. */
    public TestRun create(boolean firstRun) {
        installation.createTopic(data(), partitions, Map.of("retention.ms", "-1"));
        if (!stage.isEmpty()) {
            installation.createTopic(sums(), 1, Map.of("retention.ms", "-1"));
        }
        if (firstRun) {
            createPositions();
        }
        return this;
    }

    /** The workflow's topic, for a run that was made without it. */
    public void createPositions() {
        installation.createTopic(Topics.positions(workflow), 1, Map.of("cleanup.policy", "compact"));
    }

    public TestRun create() {
        return create(true);
    }

    public String data() {
        return Topics.data(queueId);
    }

    /** The topic behind the stage. */
    public String sums() {
        return Topics.data(queueId, "stage");
    }

    public String dead() {
        return Topics.dead(queueId);
    }

    public int partitions() {
        return partitions;
    }

    public NumbersConnector.Control control() {
        return NumbersConnector.control(queueId);
    }

    public RecorderConnector.Target target() {
        return RecorderConnector.target(queueId);
    }

    public Worker startSource(int attempt, Tuning tuning) {
        return installation.start(saySource(attempt), tuning);
    }

    public Worker startSource(int attempt) {
        return startSource(attempt, Tuning.DEFAULT);
    }

    public Worker startSink(int attempt, Tuning tuning) {
        return installation.start(saySink(attempt), tuning);
    }

    public Worker startSink(int attempt) {
        return startSink(attempt, Tuning.DEFAULT);
    }

    public Worker startStage(int attempt, Tuning tuning) {
        return installation.start(installation.say(start("stage", attempt, stage())), tuning);
    }

    public Worker startStage(int attempt) {
        return startStage(attempt, Tuning.DEFAULT);
    }

    public CommandReference saySource(int attempt) {
        return installation.say(start("source", attempt, source()));
    }

    public CommandReference saySink(int attempt) {
        return installation.say(start("sink", attempt, sink()));
    }

    public void drain(int attempt) {
        drain("sink", attempt);
    }

    public void drain(String vertex, int attempt) {
        Map<Integer, Long> ends = installation.endOffsets(data(), partitions);
        installation.say(new Command.Drain(
                Command.id(queueId, vertex, attempt, "drain"), queueId, vertex, attempt, ends, Instant.now()));
    }

    public void stop(String vertex, int attempt) {
        installation.say(new Command.Stop(
                Command.id(queueId, vertex, attempt, "stop"), queueId, vertex, attempt, Instant.now()));
    }

    public void pause(String vertex, int attempt) {
        installation.say(new Command.Pause(
                Command.id(queueId, vertex, attempt, "pause"), queueId, vertex, attempt, Instant.now()));
    }

    public void resume(String vertex, int attempt) {
        installation.say(new Command.Resume(
                Command.id(queueId, vertex, attempt, "resume"), queueId, vertex, attempt, Instant.now()));
    }

    private Command.Start start(String vertex, int attempt, Task task) {
        String worker = vertex.equals("source") ? "loader-producer" : "sink-connector";
        return new Command.Start(
                Command.id(queueId, vertex, attempt, "start"),
                queueId,
                worker,
                Subject.NONE,
                data(),
                Ids.telemetryId(worker, queueId, 0),
                vertex,
                null,
                attempt,
                task,
                Instant.now());
    }

    private Task source() {
        List<Task.Split> parts = IntStream.range(0, splits)
                .mapToObj(split -> new Task.Split(String.valueOf(split), Map.of()))
                .toList();
        Task.Output output = new Task.Output(
                data(),
                partitions,
                key(),
                value(),
                format,
                List.of(Topics.group(queueId, stage.isEmpty() ? "sink" : "stage")),
                stage.isEmpty() ? maxLag : UNBOUNDED);
        return new Task(
                workflow,
                Task.Role.SOURCE,
                "numbers",
                sourceOptions,
                value(),
                List.of(),
                parts,
                output,
                null,
                Topics.positions(workflow),
                dead(),
                from,
                errors,
                null);
    }

    private Task stage() {
        Task.Output output = new Task.Output(
                sums(),
                1,
                new Task.SchemaRef(SUM_KEY_ID, AvroSchemas.toAvro(RollingSum.SUMS.keySchema())),
                new Task.SchemaRef(SUM_ID, AvroSchemas.toAvro(RollingSum.SUMS)),
                Task.Format.AVRO,
                List.of(Topics.group(queueId, "sink")),
                maxLag);
        return new Task(
                workflow,
                Task.Role.STAGE,
                "rolling",
                Task.stageOptions(stage),
                null,
                List.of(),
                List.of(),
                output,
                input("stage"),
                Topics.positions(workflow),
                dead(),
                from,
                errors,
                null);
    }

    private Task.Input input(String vertex) {
        return new Task.Input(
                data(),
                IntStream.range(0, partitions).boxed().toList(),
                partitions,
                key(),
                value(),
                format,
                Topics.group(queueId, vertex),
                List.of(),
                shared);
    }

    private Task sink() {
        return new Task(
                workflow,
                Task.Role.SINK,
                "recorder",
                sinkOptions,
                null,
                List.of(),
                List.of(),
                null,
                input("sink"),
                Topics.positions(workflow),
                dead(),
                from,
                errors,
                null);
    }

    private Task.@Nullable SchemaRef key() {
        return keyed ? new Task.SchemaRef(KEY_ID, AvroSchemas.toAvro(NumbersConnector.SCHEMA.keySchema())) : null;
    }

    private static Task.SchemaRef value() {
        return new Task.SchemaRef(VALUE_ID, AvroSchemas.toAvro(NumbersConnector.SCHEMA));
    }
}
