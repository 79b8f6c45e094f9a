package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.run.TaskState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workload and its pods mean for the task; pure. A task whose pod has ended has ended: what the cluster does about it by
 * itself is not waited for, because the next attempt is the run's.
 */
final class WorkloadStates {

    private static final int GONE = 137;
    private static final int CRASHES = 3;

    private WorkloadStates() {}

    /** @param failures events that say why pods of the workload could not be made, the newest last */
    static TaskState of(HasMetadata workload, List<Pod> pods, List<Event> failures) {
        if (workload instanceof Deployment deployment && shared(deployment)) {
            return shared(deployment, pods, failures);
        }
        if (pods.isEmpty()) {
            return withoutPods(workload, failures);
        }
        // The first pod that ended tells; when none has, the newest is the one that counts.
        return pods.stream()
                .sorted(Comparator.comparing(PodStates::created))
                .map(PodStates::of)
                .reduce((first, second) -> first instanceof TaskState.Exited ? first : second)
                .orElseThrow();
    }

    private static boolean shared(Deployment deployment) {
        return !"Recreate".equals(deployment.getSpec().getStrategy().getType());
    }

    /** Pods of consumers come and go; the task is in trouble when none works and none will without help. */
    private static TaskState shared(Deployment deployment, List<Pod> pods, List<Event> failures) {
        TaskState running = new TaskState.Running(created(deployment));
        if (pods.isEmpty()) {
            boolean wanted = deployment.getSpec().getReplicas() != null
                    && deployment.getSpec().getReplicas() > 0;
            return wanted ? withoutPods(deployment, failures) : running;
        }
        if (pods.stream().anyMatch(PodStates::ready)) {
            return running;
        }
        List<TaskState> states = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !(PodStates.of(pod) instanceof TaskState.Exited) || PodStates.restarts(pod) >= CRASHES)
                .map(PodStates::of)
                .toList();
        return states.stream()
                .filter(TaskState.Waiting.class::isInstance)
                .findFirst()
                .or(() -> states.stream()
                        .filter(TaskState.Exited.class::isInstance)
                        .findFirst())
                .orElse(running);
    }

    private static TaskState withoutPods(HasMetadata workload, List<Event> failures) {
        if (workload instanceof Job job) {
            Optional<TaskState> ended = ended(job);
            if (ended.isPresent()) {
                return ended.get();
            }
        }
        return reason(workload, failures)
                .<TaskState>map(message -> new TaskState.Waiting(created(workload), refusal(message)))
                .orElseGet(() -> new TaskState.Running(created(workload)));
    }

    private static Optional<TaskState> ended(Job job) {
        if (job.getStatus() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .flatMap(condition -> ended(job, condition).stream())
                .findFirst();
    }

    private static Optional<TaskState> ended(Job job, JobCondition condition) {
        Instant at = condition.getLastTransitionTime() == null
                ? created(job)
                : Instant.parse(condition.getLastTransitionTime());
        return switch (condition.getType()) {
            case "Complete" -> Optional.of(new TaskState.Exited(0, "ended", at));
            case "Failed" -> Optional.of(failed(condition, at));
            default -> Optional.empty();
        };
    }

    private static TaskState failed(JobCondition condition, Instant at) {
        if ("DeadlineExceeded".equals(condition.getReason())) {
            ErrorInfo error = new ErrorInfo(
                    "DEADLINE",
                    Category.FATAL,
                    "the worker took longer than its deadline",
                    "kubernetes.deadline",
                    "raise the deadline, or give the worker less to do");
            return new TaskState.Exited(GONE, "took too long", at, error);
        }
        String message = "the worker's pod is gone: " + condition.getReason();
        return new TaskState.Exited(GONE, message, at, PodStates.transientError("POD-GONE", message, null));
    }

    private static Optional<String> reason(HasMetadata workload, List<Event> failures) {
        if (workload instanceof Deployment deployment && deployment.getStatus() != null) {
            Optional<String> failure = deployment.getStatus().getConditions().stream()
                    .filter(condition ->
                            "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                    .map(condition -> String.valueOf(condition.getMessage()))
                    .findFirst();
            if (failure.isPresent()) {
                return failure;
            }
        }
        return failures.stream().reduce((older, newer) -> newer).map(event -> String.valueOf(event.getMessage()));
    }

    /** Why pods are not made, from the API server's own words. */
    static ErrorInfo refusal(@Nullable String words) {
        String message = String.valueOf(words);
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("exceeded quota") || lower.contains("must specify limits")) {
            return PodStates.transientError(
                    "QUOTA-EXCEEDED",
                    "the namespace has no room for the worker's pod: " + message,
                    "raise the quota, lower resources, or wait until other workers have ended");
        }
        if (lower.contains("forbidden")) {
            return new ErrorInfo(
                    "FORBIDDEN",
                    Category.FATAL,
                    "the cluster does not allow the worker's pod: " + message,
                    null,
                    "check the rights of queue-manager's service account and the namespace's policies");
        }
        return PodStates.transientError("POD-REFUSED", "the worker's pod cannot be made: " + message, null);
    }

    static Instant created(HasMetadata object) {
        return Instant.parse(object.getMetadata().getCreationTimestamp());
    }
}
