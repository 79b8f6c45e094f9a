package io.streamforge.queue.workflow;

import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.reconcile.RunBook;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What users do with runs that exist. The store is written first; the reconciler does the rest. */
public final class RunCommands {

    private static final int MAX_ACTIVE = 1000;

    private final Store store;
    private final RunBook runs;
    private final RunMachine machine;
    private final Reconciler reconciler;
    private final Clock clock;

    public RunCommands(Store store, RunBook runs, RunMachine machine, Reconciler reconciler, Clock clock) {
        this.store = store;
        this.runs = runs;
        this.machine = machine;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /**
     * Tells a workflow's run: the one under way when there is one, otherwise the latest.
     *
     * @throws RefusedException when there is no such workflow, or it has no run
     */
    public Run commandLatest(String name, UserCommand command, String actor) {
        if (store.workflow(name).isEmpty()) {
            throw RefusedException.noWorkflow(name);
        }
        List<Run> active = active(name);
        if (command == UserCommand.STOP) {
            // Those that wait behind it would otherwise take its place.
            active.stream().skip(1).forEach(run -> command(run.queueId(), command, actor));
        }
        String queueId = active.stream()
                .findFirst()
                .or(() -> latest(name))
                .map(Run::queueId)
                .orElseThrow(() -> new RefusedException(
                        Reason.CONFLICT,
                        "NO-RUN",
                        "workflow '%s' has no run; POST /api/v1/workflows/%s/start makes one".formatted(name, name)));
        return command(queueId, command, actor);
    }

    /** Tells a run; takes effect at once where nothing has to be waited for. */
    public Run command(String queueId, UserCommand command, String actor) {
        if (command == UserCommand.RETRY) {
            requireNoOther(queueId);
        }
        String action = "run." + command.name().toLowerCase(Locale.ROOT);
        Write audit = new Write.AddAudit(AuditEntry.of(clock.instant(), actor, action, queueId));
        Run run = runs.update(queueId, current -> machine.on(current, command, actor, clock.instant()), audit)
                .orElseThrow(() -> RefusedException.noRun(queueId));
        reconciler.trigger(queueId);
        reconciler.triggerAdmission();
        return run;
    }

    /** @throws RefusedException when another run of the workflow has not ended */
    void requireNoOther(String queueId) {
        Run run = requireRun(queueId);
        active(run.workflow()).stream()
                .filter(other -> !other.queueId().equals(queueId))
                .findFirst()
                .ifPresent(other -> {
                    throw new RefusedException(
                            Reason.CONFLICT,
                            "RUN-UNDER-WAY",
                            "run %s of the same workflow has not ended; stop it first".formatted(other.queueId()));
                });
    }

    /** Runs that have not ended, those under way first, then the oldest. */
    List<Run> active(String workflow) {
        return store.runs(new RunFilter(workflow, RunState.UNDER_WAY, 0, MAX_ACTIVE)).items().stream()
                .sorted(Comparator.comparing((Run run) -> !run.state().admitted())
                        .thenComparing(run -> run.origin().createdAt()))
                .toList();
    }

    /** The run of a workflow that was made last. */
    public Optional<Run> latest(String name) {
        return store.runs(new RunFilter(name, Set.of(), 0, 1)).items().stream().findFirst();
    }

    /** @throws RefusedException when there is no such run */
    public Run requireRun(String queueId) {
        return store.run(queueId).orElseThrow(() -> RefusedException.noRun(queueId));
    }
}
