package io.streamforge.system;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long workers took from the start of their container until they were ready, as a watch of their pods sees it. */
final class StartTimes implements Watcher<Pod>, AutoCloseable {

    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final Map<String, Duration> ready = new ConcurrentHashMap<>();
    private final Watch watch;

    StartTimes(KubernetesClient client, String namespace) {
        watch = client.pods()
                .inNamespace(namespace)
                .withLabel(Installation.QUEUE_ID)
                .watch(this);
    }

    /** The shortest first. */
    List<Duration> sorted() {
        return ready.values().stream().sorted().toList();
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        Instant now = Instant.now();
        String name = pod.getMetadata().getName();
        for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
            if (container.getState().getRunning() != null) {
                started.putIfAbsent(name, now);
            }
            if (container.getReady()) {
                ready.putIfAbsent(name, Duration.between(started.getOrDefault(name, now), now));
            }
        }
    }

    @Override
    public void onClose(WatcherException e) {
        throw new IllegalStateException("pods cannot be watched any more", e);
    }

    @Override
    public void close() {
        watch.close();
    }
}
