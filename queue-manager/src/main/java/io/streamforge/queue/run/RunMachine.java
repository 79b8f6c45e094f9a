package io.streamforge.queue.run;

import io.streamforge.messages.Event;
import io.streamforge.messages.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rules of a run's life, as pure functions from a run and something that happened to the run after it. Applying the same
 * event, observation or tick twice gives the same run as applying it once.
 */
public final class RunMachine {

    private final EventMoves events;
    private final ObservationMoves observations;
    private final TimeMoves times;
    private final Settling settling;
    private final Decisions decisions;

    public RunMachine(Limits limits) {
        Failures failures = new Failures(limits.quickRestart());
        events = new EventMoves(failures);
        observations = new ObservationMoves(failures);
        times = new TimeMoves(limits, failures);
        settling = new Settling(limits);
        decisions = new Decisions(limits, settling);
    }

    /** Takes in what a worker reported. */
    public Change on(Run run, Event event, Instant now) {
        return edit(run, now, editor -> events.apply(editor, event));
    }

    /** Takes in what came of an effect. */
    public Change on(Run run, Observation observation, Instant now) {
        return edit(run, now, editor -> observations.apply(editor, observation));
    }

    /**
     * Takes in what a user asked for.
     *
     * @throws IllegalMoveException when the run's state does not allow it
     */
    public Change on(Run run, UserCommand command, String actor, Instant now) {
        return edit(run, now, editor -> UserMoves.apply(editor, command, actor));
    }

    /** Takes in a table that joins those whose rows the run has: all its workers know it from their next attempt on. */
    public Change join(Run run, Task.Table table, Instant now) {
        return edit(run, now, editor -> editor.vertices()
                .forEach(vertex -> editor.put(vertex.with(vertex.task().with(table)))));
    }

    /** Takes in the time, and what the launcher lists. */
    public Change tick(Run run, World world) {
        return edit(run, world.now(), editor -> times.apply(editor, world));
    }

    /** What is to be done next; ask again after its observation was taken in. */
    public Optional<Effect> next(Run run, World world) {
        return decisions.next(run, world);
    }

    private Change edit(Run run, Instant now, Consumer<RunEditor> moves) {
        RunEditor editor = new RunEditor(run, now);
        moves.accept(editor);
        settling.apply(editor);
        return editor.done();
    }
}
