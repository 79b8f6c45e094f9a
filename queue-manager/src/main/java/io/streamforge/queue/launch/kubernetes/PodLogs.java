package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.streamforge.queue.launch.TaskLogs;
import io.streamforge.queue.launch.kubernetes.LogRequest.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the logs of pods into files while they are written, so that they outlive the pods. A copy that was cut off writes the same
 * over itself: what was read of it before stays as it was.
 */
final class PodLogs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PodLogs.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final TaskLogs files;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "pod-logs");
        thread.setDaemon(true);
        return thread;
    });

    PodLogs(KubernetesClient client, TaskLogs files) {
        this.client = client;
        this.files = files;
    }

    private static final class Copy {
        /** As it was seen last. */
        private volatile Pod pod;

        private volatile @Nullable LogRequest request;
        private volatile boolean complete;

        private Copy(Pod pod) {
            this.pod = pod;
        }
    }

    /** {@code <task>.<what the pod's name ends with>}, and how often its container was started again. */
    static String name(Pod pod) {
        String name = pod.getMetadata().getName();
        int restarts = PodStates.restarts(pod);
        return TaskLabels.task(pod) + "." + name.substring(name.lastIndexOf('-') + 1)
                + (restarts == 0 ? "" : "-" + restarts);
    }

    /** Copies the pod's log from now on, unless that is being done. */
    void follow(Pod pod) {
        Optional<TaskLabels.Identity> identity = TaskLabels.identity(pod);
        if (identity.isEmpty() || !PodStates.begun(pod)) {
            return;
        }
        Copy made = new Copy(pod);
        Copy copy = copies.putIfAbsent(key(pod), made);
        if (copy == null) {
            endEarlierOnes(made);
            executor.execute(() -> copy(identity.get().queueId(), made));
        } else {
            copy.pod = pod;
        }
    }

    /** What the API server gives from now on is the log of the container that was started again. */
    private void endEarlierOnes(Copy made) {
        copies.values().stream()
                .filter(copy -> copy != made && uid(copy.pod).equals(uid(made.pod)))
                .forEach(copy -> copy.complete = true);
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static String key(Pod pod) {
        return uid(pod) + "/" + PodStates.restarts(pod);
    }

    private void copy(String queueId, Copy copy) {
        request(copy.pod, queueId, true).ifPresent(request -> {
            copy.request = request;
            var unused = request.end().thenAcceptAsync(end -> ended(queueId, copy, end), this::later);
        });
    }

    private Optional<LogRequest> request(Pod pod, String queueId, boolean follow) {
        try {
            return Optional.of(LogRequest.of(client, pod, follow, files.file(queueId, name(pod))));
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("queue_id", queueId)
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("reason", e.getMessage())
                    .log("log cannot be copied");
            copies.remove(key(pod));
            return Optional.empty();
        }
    }

    private void later(Runnable work) {
        if (!executor.isShutdown()) {
            executor.execute(work);
        }
    }

    /** A log that ends while its container runs was cut off, too; what the cluster shows of the container comes a moment later. */
    private void ended(String queueId, Copy copy, End end) {
        if (end == End.NO_POD || (end == End.OVER && !PodStates.works(copy.pod))) {
            copy.complete = true;
            return;
        }
        var unused = executor.schedule(
                () -> {
                    if (end == End.OVER && !PodStates.works(copy.pod)) {
                        copy.complete = true;
                    } else if (!copy.complete && copies.containsValue(copy)) {
                        copy(queueId, copy);
                    }
                },
                AGAIN.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Copies now what a pod has said that has ended and is about to be removed; takes so long at most. */
    void complete(Pod pod, Duration time) {
        Copy copy = copies.get(key(pod));
        if (!PodStates.begun(pod) || (copy != null && copy.complete)) {
            return;
        }
        TaskLabels.identity(pod)
                .flatMap(identity -> request(pod, identity.queueId(), false))
                .ifPresent(request -> await(pod, request, time));
    }

    private static void await(Pod pod, LogRequest request, Duration time) {
        try {
            End end = request.end().get(time.toMillis(), TimeUnit.MILLISECONDS);
            if (end == End.CUT_OFF) {
                log.atWarn().addKeyValue("pod", pod.getMetadata().getName()).log("log was cut off");
            }
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().addKeyValue("pod", pod.getMetadata().getName()).log("log was not copied to its end");
            request.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The pod is gone for good. */
    void forget(Pod pod) {
        copies.keySet().removeIf(key -> key.startsWith(uid(pod) + "/"));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        copies.values().forEach(copy -> {
            LogRequest request = copy.request;
            if (request != null) {
                request.cancel();
            }
        });
    }
}
