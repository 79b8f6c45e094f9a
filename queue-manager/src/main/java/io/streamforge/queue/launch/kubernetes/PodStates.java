package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.run.TaskState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pod's status means for its task; pure. */
final class PodStates {

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final int MAX_LINE = 500;
    private static final String NO_IMAGE = "IMAGE-PULL";
    private static final Set<String> IMAGE_REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable");
    private static final Set<String> CONTAINER_REASONS =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    private PodStates() {}

    static TaskState of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return leaving(pod);
        }
        Optional<ContainerStatus> worker = worker(pod);
        Optional<ContainerStateTerminated> ended = worker.flatMap(PodStates::ended);
        if (ended.isPresent()) {
            return exited(pod, ended.get());
        }
        if ("Failed".equals(phase(pod))) {
            return failed(pod);
        }
        return waiting(pod, worker)
                .<TaskState>map(reason -> new TaskState.Waiting(created(pod), reason))
                .orElseGet(() -> new TaskState.Running(created(pod)));
    }

    /** Whether the pod works. */
    static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && condition(pod, "Ready")
                        .filter(ready -> "True".equals(ready.getStatus()))
                        .isPresent();
    }

    /** Whether there is something to read in its log. */
    static boolean begun(Pod pod) {
        return worker(pod)
                .map(ContainerStatus::getState)
                .filter(state -> state.getRunning() != null || state.getTerminated() != null)
                .isPresent();
    }

    /** Whether its worker's container runs. */
    static boolean works(Pod pod) {
        return worker(pod)
                .map(ContainerStatus::getState)
                .filter(state -> state.getRunning() != null)
                .isPresent();
    }

    /** How often its worker's container was started again. */
    static int restarts(Pod pod) {
        return worker(pod).map(ContainerStatus::getRestartCount).orElse(0);
    }

    static Instant created(Pod pod) {
        return Instant.parse(pod.getMetadata().getCreationTimestamp());
    }

    private static Optional<ContainerStatus> worker(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> PodTemplates.WORKER.equals(status.getName()))
                        .findFirst();
    }

    /** A container that was started again counts as ended: its next start belongs to the next attempt. */
    private static Optional<ContainerStateTerminated> ended(ContainerStatus worker) {
        return Optional.ofNullable(worker.getState())
                .map(ContainerState::getTerminated)
                .or(() -> Optional.ofNullable(worker.getLastState()).map(ContainerState::getTerminated));
    }

    private static TaskState leaving(Pod pod) {
        Instant since = Instant.parse(pod.getMetadata().getDeletionTimestamp());
        Optional<PodCondition> disrupted = disrupted(pod);
        String code = disrupted.isPresent() ? "POD-EVICTED" : "POD-DELETED";
        String message = disrupted
                .map(condition -> "the worker's pod had to go: " + text(condition.getReason(), condition.getMessage()))
                .orElse("the worker's pod was deleted");
        return new TaskState.Exited(TERMINATED, message, since, transientError(code, message, null));
    }

    private static TaskState exited(Pod pod, ContainerStateTerminated ended) {
        int code = ended.getExitCode() == null ? -1 : ended.getExitCode();
        Instant at = ended.getFinishedAt() == null ? created(pod) : Instant.parse(ended.getFinishedAt());
        if ("OOMKilled".equals(ended.getReason())) {
            return new TaskState.Exited(KILLED, "out of memory", at, outOfMemory(pod));
        }
        return switch (code) {
            case 0 -> new TaskState.Exited(code, "ended", at);
            case Manifests.REFUSED ->
                new TaskState.Exited(
                        code,
                        "refused",
                        at,
                        new ErrorInfo(
                                "WORKER-REFUSED",
                                Category.FATAL,
                                "the worker refused its configuration or its data" + lastLine(ended),
                                null,
                                "its log says more"));
            default -> new TaskState.Exited(code, "failed" + lastLine(ended), at);
        };
    }

    private static TaskState failed(Pod pod) {
        String reason = pod.getStatus().getReason();
        String message = "the worker's pod failed: "
                + text(reason == null ? "Failed" : reason, pod.getStatus().getMessage());
        boolean evicted = "Evicted".equals(reason) || disrupted(pod).isPresent();
        return new TaskState.Exited(
                KILLED, message, created(pod), transientError(evicted ? "POD-EVICTED" : "POD-FAILED", message, null));
    }

    private static Optional<ErrorInfo> waiting(Pod pod, Optional<ContainerStatus> worker) {
        Optional<ContainerStateWaiting> waiting =
                worker.map(ContainerStatus::getState).map(ContainerState::getWaiting);
        if (waiting.isPresent() && waiting.get().getReason() != null) {
            String reason = waiting.get().getReason();
            String message = text(reason, waiting.get().getMessage());
            if (IMAGE_REASONS.contains(reason)) {
                return Optional.of(transientError(
                        NO_IMAGE,
                        "image " + image(pod) + " cannot be had: " + message,
                        "check streamforge.workers.images, the registry and image_pull_secrets"));
            }
            if (CONTAINER_REASONS.contains(reason)) {
                return Optional.of(
                        transientError("POD-CONFIG", "the worker's container cannot be made: " + message, null));
            }
        }
        return condition(pod, "PodScheduled")
                .filter(scheduled -> "False".equals(scheduled.getStatus()))
                .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()))
                .map(scheduled -> transientError(
                        "UNSCHEDULABLE",
                        "no node takes the worker's pod: " + text("Unschedulable", scheduled.getMessage()),
                        "check resources, node_selector and tolerations, or add a node"));
    }

    private static ErrorInfo outOfMemory(Pod pod) {
        String limit = pod.getSpec().getContainers().stream()
                .filter(container -> PodTemplates.WORKER.equals(container.getName()))
                .filter(container -> container.getResources() != null)
                .map(container ->
                        String.valueOf(container.getResources().getLimits().get("memory")))
                .findFirst()
                .orElse("its node");
        return transientError(
                "OUT-OF-MEMORY",
                "the worker was killed because it used more memory than its limit of " + limit,
                "raise resources.memory");
    }

    private static Optional<PodCondition> disrupted(Pod pod) {
        return condition(pod, "DisruptionTarget").filter(target -> "True".equals(target.getStatus()));
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> PodTemplates.WORKER.equals(container.getName()))
                .map(container -> String.valueOf(container.getImage()))
                .findFirst()
                .orElse("");
    }

    private static @Nullable String phase(Pod pod) {
        return pod.getStatus() == null ? null : pod.getStatus().getPhase();
    }

    private static String lastLine(ContainerStateTerminated ended) {
        String message = ended.getMessage();
        if (message == null || message.isBlank()) {
            return "";
        }
        String line = message.strip().substring(message.strip().lastIndexOf('\n') + 1);
        return ": " + (line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "…" : line);
    }

    private static String text(@Nullable String reason, @Nullable String message) {
        return message == null || message.isBlank() ? String.valueOf(reason) : reason + ": " + message;
    }

    static ErrorInfo transientError(String code, String message, @Nullable String suggestion) {
        return new ErrorInfo(code, Category.TRANSIENT, message, null, suggestion);
    }
}
