package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.streamforge.queue.launch.TaskLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private volatile @Nullable LogWatch watch;
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
        Copy copy = new Copy();
        if (copies.putIfAbsent(key(pod), copy) == null) {
            executor.execute(() -> copy(pod, identity.get().queueId(), copy));
        }
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getUid() + "/" + PodStates.restarts(pod);
    }

    private void copy(Pod pod, String queueId, Copy copy) {
        try {
            OutputStream file = Files.newOutputStream(
                    files.file(queueId, name(pod)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            LogWatch watch = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(PodTemplates.WORKER)
                    .watchLog(file);
            copy.watch = watch;
            var unused = watch.onClose()
                    .thenAcceptAsync(cause -> ended(pod, queueId, copy, file, cause != null), this::later);
        } catch (IOException | KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("queue_id", queueId)
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("reason", e.getMessage())
                    .log("log cannot be copied");
            copy.done.complete(false);
            copies.remove(key(pod), copy);
        }
    }

    private void later(Runnable work) {
        if (!executor.isShutdown()) {
            executor.execute(work);
        }
    }

    private void ended(Pod pod, String queueId, Copy copy, OutputStream file, boolean cutOff) {
        try {
            file.close();
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("queue_id", queueId)
                    .addKeyValue("reason", e.getMessage())
                    .log("log was not closed");
        }
        if (!executor.isShutdown() && goesOn(pod, cutOff)) {
            var unused =
                    executor.schedule(() -> again(pod, queueId, copy, cutOff), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            copy.done.complete(true);
        }
    }

    /** Asks first, because what the API server says of a pod that is gone would be written over the log. */
    private void again(Pod pod, String queueId, Copy copy, boolean cutOff) {
        if (goesOn(pod, cutOff)) {
            copy(pod, queueId, copy);
        } else {
            copy.done.complete(true);
        }
    }

    /** Whether the connection ended and not the log. */
    private boolean goesOn(Pod pod, boolean cutOff) {
        try {
            Pod now = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .get();
            return now != null
                    && now.getMetadata().getUid().equals(pod.getMetadata().getUid())
                    && PodStates.restarts(now) == PodStates.restarts(pod)
                    && (cutOff || PodStates.works(now));
        } catch (KubernetesClientException e) {
            // The API server is away; the log may go on.
            return true;
        }
    }

    /** Waits a moment until all a pod has said is copied; for pods that have ended and are about to be removed. */
    void await(Pod pod, Duration time) {
        follow(pod);
        Copy copy = copies.get(key(pod));
        if (copy == null) {
            return;
        }
        try {
            copy.done.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().addKeyValue("pod", pod.getMetadata().getName()).log("log was not copied to its end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The pod is gone for good. */
    void forget(Pod pod) {
        copies.keySet().removeIf(key -> key.startsWith(pod.getMetadata().getUid() + "/"));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        copies.values().forEach(copy -> {
            LogWatch watch = copy.watch;
            if (watch != null) {
                watch.close();
            }
        });
    }
}
