package io.streamforge.queue.reconcile;

import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
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
 */
public record Admission(int maxRuns, int maxWorkers) {

    private static final Comparator<Run> ORDER = Comparator.comparingInt(
                    (Run run) -> -run.origin().priority())
            .thenComparing(run -> run.origin().createdAt())
            .thenComparing(Run::queueId);

    public Admission {
        if (maxRuns < 1 || maxWorkers < 1) {
            throw new IllegalArgumentException(
                    "admission: runs and workers must be at least 1, got %d and %d".formatted(maxRuns, maxWorkers));
        }
    }

    /**
     * @param admitted queue ids of the runs that may begin
     * @param waiting why the others still wait, a sentence by queue id
     */
    record Verdict(List<String> admitted, Map<String, String> waiting) {}

    Verdict decide(Collection<Run> active) {
        Map<String, String> busy = new HashMap<>();
        int workers = 0;
        int runs = 0;
        for (Run run : active) {
            if (run.state().admitted()) {
                busy.put(run.workflow(), run.queueId());
                workers += run.origin().terms().workers();
                runs++;
            }
        }
        List<String> admitted = new ArrayList<>();
        Map<String, String> waiting = new HashMap<>();
        Set<String> blocked = new HashSet<>();
        for (Run run : waiting(active)) {
            String reason = reason(run, busy, blocked, runs, workers);
            if (reason.isEmpty()) {
                admitted.add(run.queueId());
                busy.put(run.workflow(), run.queueId());
                workers += run.origin().terms().workers();
                runs++;
            } else {
                waiting.put(run.queueId(), reason);
                blocked.add(run.workflow());
            }
        }
        return new Verdict(admitted, waiting);
    }

    private static List<Run> waiting(Collection<Run> active) {
        return active.stream()
                .filter(run -> run.state() instanceof RunState.Pending)
                .sorted(ORDER)
                .toList();
    }

    private String reason(Run run, Map<String, String> busy, Set<String> blocked, int runs, int workers) {
        if (!run.desired().running()) {
            return "paused before it began";
        }
        String other = busy.get(run.workflow());
        if (other != null) {
            return "run " + other + " of the same workflow has not ended";
        }
        if (blocked.contains(run.workflow())) {
            return "an earlier run of the same workflow is waiting";
        }
        if (runs >= maxRuns) {
            return maxRuns + " runs are under way, as many as may be at the same time";
        }
        return runs > 0 && workers + run.origin().terms().workers() > maxWorkers
                ? "its workers would be more than " + maxWorkers + " at the same time"
                : "";
    }
}
