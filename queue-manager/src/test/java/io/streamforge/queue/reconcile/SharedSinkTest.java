package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.SinkNote;
import io.streamforge.messages.Task;
import io.streamforge.queue.kafka.GroupPosition;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.run.VertexState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that as many workers share as there is work for; its group's offsets say how it is. */
class SharedSinkTest {

    private static final String RUN = Runs.QUEUE_ID;
    private static final String SINK_1 = RUN + "-sink-1";

    @TempDir
    Path directory;

    private Simulation world;

    @BeforeEach
    void begin() {
        world = new Simulation(directory, new Admission(10, 100, 10));
        world.preparer = run -> shared(Runs.prepared(run.queueId()));
        world.workers.hang(RUN + "-source-1");
        world.workers.hang(SINK_1);
        world.create(RUN, "orders");
        world.until(() -> world.run(RUN)
                .vertex("sink")
                .filter(sink -> sink.state() instanceof VertexState.Active)
                .isPresent());
    }

    private static Observation.Prepared shared(Observation.Prepared prepared) {
        return new Observation.Prepared(
                prepared.vertices().stream()
                        .map(vertex -> vertex.source()
                                ? vertex
                                : Vertex.waiting(vertex.name(), vertex.worker(), shared(vertex.task())))
                        .toList(),
                prepared.edges());
    }

    private static Task shared(Task task) {
        Task.Input input = Objects.requireNonNull(task.input());
        return new Task(
                task.workflow(),
                task.role(),
                task.connector(),
                task.options(),
                task.schema(),
                task.operators(),
                task.splits(),
                task.output(),
                new Task.Input(
                        input.topic(),
                        input.partitions(),
                        input.topicPartitions(),
                        input.key(),
                        input.value(),
                        input.format(),
                        input.group(),
                        input.tables(),
                        true),
                task.positionsTopic(),
                task.deadTopic(),
                task.from(),
                task.errors(),
                task.checkpointInterval());
    }

    private Vertex sink() {
        return world.run(RUN).vertex("sink").orElseThrow();
    }

    private void seconds(int number) {
        for (int i = 0; i < number; i++) {
            world.second();
        }
    }

    @Test
    void shouldFindASinkHealthyThatHasNoWorkersAndNothingToDo() {
        world.broker.consumed(new GroupPosition(Map.of(0, 50L), new SinkNote(50, 0, 0, 500), 0));

        seconds(120);

        assertThat(sink().state()).isInstanceOf(VertexState.Active.class);
        assertThat(sink().attempt()).isEqualTo(1);
        assertThat(Objects.requireNonNull(sink().report()).counters().written()).isEqualTo(50);
    }

    @Test
    void shouldReplaceASinkThatLagsAndGetsNoFurther() {
        world.broker.consumed(new GroupPosition(Map.of(0, 50L), new SinkNote(50, 0, 0, 500), 1000));

        seconds(200);
        world.until(() -> sink().attempt() == 2);

        assertThat(Objects.requireNonNull(world.run(RUN).error()).code()).isEqualTo("WORKER-STALLED");
    }

    @Test
    void shouldTakeWorkersThatComeAndGoForNothingButErrors() {
        ErrorInfo refused = new ErrorInfo("TABLE-MISSING", Category.FATAL, "no table orders", null, null);

        world.workers.fail(SINK_1, refused);
        world.until(() -> world.run(RUN).state().ended());

        assertThat(world.run(RUN).error()).isEqualTo(refused);
    }

    @Test
    void shouldBeCompleteWhenTheGroupHasReachedTheEnd() {
        world.broker.consumed(new GroupPosition(Map.of(0, 101L), new SinkNote(100, 0, 0, 500), 0));
        world.workers.resume(RUN + "-source-1");

        world.until(() -> world.run(RUN).state().ended());

        assertThat(world.state(RUN)).isEqualTo("completed");
        assertThat(world.run(RUN).account().get(0).out()).isEqualTo(100);
    }

    @Test
    void shouldStopWithoutAWordFromWorkersThatMayNotBeThere() {
        world.command(RUN, UserCommand.STOP);

        seconds(3);

        assertThat(sink().state()).isInstanceOf(VertexState.Stopped.class);
        assertThat(List.copyOf(world.broker.commands(command -> command.word().equals("stop"))))
                .hasSize(2);
    }
}
