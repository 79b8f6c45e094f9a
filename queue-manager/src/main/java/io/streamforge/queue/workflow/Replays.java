package io.streamforge.queue.workflow;

import io.streamforge.messages.DeadLetter;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.reconcile.RunBook;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Vertex;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Runs that write again what ended ones have rejected. */
public final class Replays {

    /** As many as are read of a run's dead letters. */
    private static final int MOST_LETTERS = 10_000;

    private static final int PAGE = 100;

    private final Store store;
    private final RunBook runs;
    private final RunCommands commands;
    private final NewRuns newRuns;
    private final Broker broker;
    private final Reconciler reconciler;
    private final Clock clock;

    public Replays(
            Store store,
            RunBook runs,
            RunCommands commands,
            NewRuns newRuns,
            Broker broker,
            Reconciler reconciler,
            Clock clock) {
        this.store = store;
        this.runs = runs;
        this.commands = commands;
        this.newRuns = newRuns;
        this.broker = broker;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /**
     * Makes a run that writes again what an ended one has rejected, to the same targets.
     *
     * @throws RefusedException when there is nothing that could be written again, or it has been done
     */
    public Run replay(String queueId, String actor) {
        Run rejecting = commands.requireRun(queueId);
        if (!rejecting.state().ended()) {
            throw new RefusedException(
                    Reason.CONFLICT, "RUN-UNDER-WAY", "run %s has not ended; stop it first".formatted(queueId));
        }
        commands.requireNoOther(queueId);
        requireNotReplayed(rejecting);
        requirePossible(rejecting, broker.deadLetters(queueId));
        Run replay = newRuns.replay(rejecting, actor);
        runs.create(
                List.of(replay),
                List.of(new Write.AddAudit(AuditEntry.of(clock.instant(), actor, "run.replay", queueId))));
        reconciler.triggerAdmission();
        return replay;
    }

    /** Rows that a replay has written must not be written by another one; one that failed can be retried. */
    private void requireNotReplayed(Run rejecting) {
        for (int offset = 0; ; offset += PAGE) {
            List<Run> newest = store.runs(new RunFilter(rejecting.workflow(), Set.of(), offset, PAGE))
                    .items();
            for (Run run : newest) {
                if (rejecting.queueId().equals(run.origin().replayOf())) {
                    throw new RefusedException(
                            Reason.CONFLICT,
                            "REPLAYED",
                            "run %s is the replay of %s; retry it if it has failed, or replay what it has rejected"
                                    .formatted(run.queueId(), rejecting.queueId()));
                }
                if (run.origin().createdAt().isBefore(rejecting.origin().createdAt())) {
                    return;
                }
            }
            if (newest.size() < PAGE) {
                return;
            }
        }
    }

    private static void requirePossible(Run rejecting, List<DeadLetter> letters) {
        List<String> sinks = rejecting.vertices().stream()
                .filter(Vertex::sink)
                .map(Vertex::name)
                .toList();
        long rows = letters.stream()
                .filter(letter -> letter.row() && sinks.contains(letter.vertex()))
                .count();
        if (rows == 0) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "NOTHING-TO-REPLAY",
                    "run %s has no rows that a target has rejected; input that never became a row is read again by another run"
                            .formatted(rejecting.queueId()));
        }
        if (letters.size() >= MOST_LETTERS) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "REPLAY-TOO-LARGE",
                    "run %s has rejected %d rows or more; start the workflow again with from: fresh instead"
                            .formatted(rejecting.queueId(), MOST_LETTERS));
        }
        if (rejecting.vertices().stream().anyMatch(Replays::replaces)) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "REPLAY-REPLACES",
                    "a target of run %s is replaced as a whole; start the workflow again instead"
                            .formatted(rejecting.queueId()));
        }
    }

    private static boolean replaces(Vertex vertex) {
        return vertex.sink() && "replace".equals(vertex.task().options().get("mode"));
    }
}
