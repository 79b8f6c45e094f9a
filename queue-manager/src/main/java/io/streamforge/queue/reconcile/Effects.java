package io.streamforge.queue.reconcile;

import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Ids;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.GroupPosition;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.run.Edge;
import io.streamforge.queue.run.Effect;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Observation.CleanupStep;
import io.streamforge.queue.run.Observation.Signal;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.TaskNames;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.trace.Tracing;
import io.streamforge.telemetry.TraceContext;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what was decided, and tells what came of it. */
final class Effects {

    private static final List<String> WORDS = List.of("start", "drain", "pause", "resume", "stop");

    private final Store store;
    private final Broker broker;
    private final Launcher launcher;
    private final WorkerEnvironments environments;
    private final Traces traces;
    private final Clock clock;

    Effects(
            Store store,
            Broker broker,
            Launcher launcher,
            WorkerEnvironments environments,
            Traces traces,
            Clock clock) {
        this.store = store;
        this.broker = broker;
        this.launcher = launcher;
        this.environments = environments;
        this.traces = traces;
        this.clock = clock;
    }

    /** @return empty when the effect shows in the world itself */
    Optional<Observation> perform(Run run, Effect effect) {
        if (effect instanceof Effect.WriteStart start) {
            return Optional.of(writeStart(run, start.vertex()));
        }
        if (effect instanceof Effect.Launch launch) {
            return Optional.of(launch(run, launch.vertex(), launch.command()));
        }
        if (effect instanceof Effect.Send send) {
            hold(run, send);
            broker.write(command(run, send));
            return Optional.of(new Observation.Signalled(
                    send.vertex().name(), send.vertex().attempt(), send.signal()));
        }
        if (effect instanceof Effect.ReadEnd read) {
            Edge edge = read.edge();
            return Optional.of(new Observation.EndRead(edge.name(), broker.endOffsets(edge.topic())));
        }
        if (effect instanceof Effect.LookAtGroup look) {
            return Optional.of(lookAtGroup(look.vertex()));
        }
        if (effect instanceof Effect.Remove remove) {
            launcher.remove(remove.task(), remove.grace());
            return Optional.empty();
        }
        if (effect instanceof Effect.CleanUp cleanUp) {
            cleanUp(run, cleanUp.step());
            return Optional.of(new Observation.Removed(cleanUp.step()));
        }
        throw new IllegalArgumentException(effect + " is not done here");
    }

    /** While a run is paused its lag grows, and says nothing about how many workers are needed. */
    private void hold(Run run, Effect.Send send) {
        Vertex vertex = send.vertex();
        if (vertex.shared() && (send.signal() == Signal.PAUSE || send.signal() == Signal.RESUME)) {
            launcher.hold(TaskNames.of(run.queueId(), vertex.name(), vertex.attempt()), send.signal() == Signal.PAUSE);
        }
    }

    private Observation lookAtGroup(Vertex vertex) {
        Task.Input input = Objects.requireNonNull(vertex.task().input());
        GroupPosition seen = broker.position(input.group(), input.topic());
        return new Observation.Consumed(vertex.name(), vertex.attempt(), seen.next(), seen.note(), seen.lag());
    }

    private Observation writeStart(Run run, Vertex vertex) {
        if (vertex.attempt() > 1) {
            // A dead producer's open transaction would hold back every reader until it times out.
            broker.fence(vertex.parts()
                    .map(part -> Topics.transactionalId(run.workflow(), vertex.name(), part))
                    .toList());
        }
        String place = broker.write(start(run, vertex));
        return new Observation.StartWritten(
                vertex.name(), vertex.attempt(), place + "/" + run.queueId() + "/" + vertex.name());
    }

    private Command start(Run run, Vertex vertex) {
        Task task = vertex.task();
        Task.Output output = task.output();
        String topic = output != null
                ? output.topic()
                : Objects.requireNonNull(task.input()).topic();
        return new Command.Start(
                Command.id(run.queueId(), vertex.name(), vertex.attempt(), "start"),
                run.queueId(),
                vertex.worker(),
                run.origin().subject(),
                topic,
                telemetryId(run, vertex),
                vertex.name(),
                environments.image(vertex.worker()),
                vertex.attempt(),
                task,
                clock.instant(),
                Tracing.of(run).map(TraceContext::traceparent).orElse(null));
    }

    /** Vertices that share a worker module are told apart by a number. */
    private static String telemetryId(Run run, Vertex vertex) {
        List<String> same = run.vertices().stream()
                .filter(other -> other.worker().equals(vertex.worker()))
                .map(Vertex::name)
                .toList();
        return Ids.telemetryId(vertex.worker(), run.queueId(), same.indexOf(vertex.name()));
    }

    private Observation launch(Run run, Vertex vertex, String command) {
        try {
            launcher.launch(new LaunchRequest(
                    TaskNames.of(run.queueId(), vertex.name(), vertex.attempt()),
                    run.queueId(),
                    vertex.name(),
                    vertex.attempt(),
                    vertex.worker(),
                    environments.of(command),
                    environments.secrets(vertex.task()),
                    run.origin().terms().memory(),
                    Workloads.of(run, vertex)));
            return new Observation.Launched(vertex.name(), vertex.attempt());
        } catch (LaunchException e) {
            if (e.error().category() == Category.CONNECTION) {
                // Nobody knows whether it was launched; the next pass asks again.
                throw e;
            }
            return new Observation.LaunchFailed(vertex.name(), vertex.attempt(), e.error());
        }
    }

    private Command command(Run run, Effect.Send send) {
        String queueId = run.queueId();
        Vertex vertex = send.vertex();
        String name = vertex.name();
        int attempt = vertex.attempt();
        String word = send.signal().name().toLowerCase(Locale.ROOT);
        String id = Command.id(queueId, name, attempt, word);
        return switch (send.signal()) {
            case PAUSE -> new Command.Pause(id, queueId, name, attempt, clock.instant());
            case RESUME -> new Command.Resume(id, queueId, name, attempt, clock.instant());
            case STOP -> new Command.Stop(id, queueId, name, attempt, clock.instant());
            case DRAIN ->
                new Command.Drain(
                        id,
                        queueId,
                        name,
                        attempt,
                        Objects.requireNonNull(run.input(name).orElseThrow().endOffsets()),
                        clock.instant());
        };
    }

    private void cleanUp(Run run, CleanupStep step) {
        switch (step) {
            case WORKERS -> {
                // Nothing of the run is listed any more.
            }
            case COMMANDS -> {
                broker.erase(run.queueId(), commandKeys(run));
                forgetWorkflow(run);
            }
            case TOPICS -> {
                broker.delete(run.edges().stream().map(Edge::topic).toList());
                broker.deleteGroups(run.vertices().stream()
                        .flatMap(vertex -> group(vertex.task().input()))
                        .toList());
            }
            case DEAD_LETTERS -> {
                if (run.prepared()) {
                    broker.delete(List.of(Topics.dead(run.queueId())));
                }
                launcher.forgetLogs(run.queueId());
            }
        }
    }

    private static List<String> commandKeys(Run run) {
        return run.vertices().stream()
                .flatMap(vertex -> WORDS.stream().map(word -> Topics.commandKey(run.queueId(), vertex.name(), word)))
                .toList();
    }

    /** Positions and what a source keeps in its system live as long as their workflow, or its last run. */
    private void forgetWorkflow(Run run) {
        String workflow = run.workflow();
        boolean needed = store.workflow(workflow).isPresent()
                || store.runs(new RunFilter(workflow, RunState.UNDER_WAY, 0, 1)).total() > 0;
        if (!needed) {
            broker.delete(List.of(Topics.positions(workflow)));
            traces.remove(workflow, run.origin().spec());
        }
    }

    private static Stream<String> group(Task.@Nullable Input input) {
        return input == null ? Stream.empty() : Stream.of(input.group());
    }
}
