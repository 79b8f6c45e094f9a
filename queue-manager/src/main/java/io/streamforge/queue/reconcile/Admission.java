package io.streamforge.queue.reconcile;

import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which waiting runs may begin: highest priority first, then oldest; one run per workflow, because positions and
 * transactional ids are the workflow's.
 *
 * @param maxRuns that are under way at the same time, at least 1
 * @param maxWorkers of those runs together, at least 1; a run that needs more than that alone begins when nothing else runs
 * @param maxStarting of those runs that are starting, at least 1: a worker's first seconds are those that need processors, so many
 *     that start at once all start late. Who has not started after {@link #STARTS_WITHIN} waits for something else, and holds up nobody
 */
public record Admission(int maxRuns, int maxWorkers, int maxStarting) {

    static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private static final Comparator<Run> ORDER = Comparator.comparingInt(
                    (Run run) -> -run.origin().priority())
            .thenComparing(run -> run.origin().createdAt())
            .thenComparing(Run::queueId);

    public Admission {
        if (maxRuns < 1 || maxWorkers < 1 || maxStarting < 1) {
            throw new IllegalArgumentException(
                    "admission: runs, workers and starting must be at least 1, got %d, %d and %d"
                            .formatted(maxRuns, maxWorkers, maxStarting));
        }
    }

    /**
     * @param admitted queue ids of the runs that may begin
     * @param waiting why the others still wait, a sentence by queue id
     */
    record Verdict(List<String> admitted, Map<String, String> waiting) {}

    /** Whether the run has been admitted and its workers are still to come, as far as that counts. */
    static boolean starting(Run run, Instant now) {
        return (run.state() instanceof RunState.Scheduled || run.state() instanceof RunState.Starting)
                && now.isBefore(run.state().since().plus(STARTS_WITHIN));
    }

    Verdict decide(Collection<Run> active, Instant now) {
        Places taken = new Places();
        active.stream().filter(run -> run.state().admitted()).forEach(run -> taken.by(run, starting(run, now)));
        List<String> admitted = new ArrayList<>();
        Map<String, String> waiting = new HashMap<>();
        Set<String> blocked = new HashSet<>();
        for (Run run : waiting(active)) {
            String reason = reason(run, taken, blocked);
            if (reason.isEmpty()) {
                admitted.add(run.queueId());
                taken.by(run, true);
            } else {
                waiting.put(run.queueId(), reason);
                blocked.add(run.workflow());
            }
        }
        return new Verdict(admitted, waiting);
    }

    /** What runs under way hold. */
    private static final class Places {
        private final Map<String, String> runByWorkflow = new HashMap<>();
        private int workers;
        private int runs;
        private int starting;

        void by(Run run, boolean starts) {
            runByWorkflow.put(run.workflow(), run.queueId());
            workers += run.origin().terms().workers();
            runs++;
            starting += starts ? 1 : 0;
        }
    }

    private static List<Run> waiting(Collection<Run> active) {
        return active.stream()
                .filter(run -> run.state() instanceof RunState.Pending)
                .sorted(ORDER)
                .toList();
    }

    private String reason(Run run, Places taken, Set<String> blocked) {
        if (!run.desired().running()) {
            return "paused before it began";
        }
        String other = taken.runByWorkflow.get(run.workflow());
        if (other != null) {
            return "run " + other + " of the same workflow has not ended";
        }
        if (blocked.contains(run.workflow())) {
            return "an earlier run of the same workflow is waiting";
        }
        if (taken.runs >= maxRuns) {
            return maxRuns + " runs are under way, as many as may be at the same time";
        }
        if (taken.starting >= maxStarting) {
            return maxStarting + " runs are starting, as many as may at the same time";
        }
        return taken.runs > 0 && taken.workers + run.origin().terms().workers() > maxWorkers
                ? "its workers would be more than " + maxWorkers + " at the same time"
                : "";
    }
}
