package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.streamforge.model.Placement;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.run.TaskState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Launchers as tests configure them, and what is launched by them. */
final class TestRequests {

    static final String QUEUE_ID = "wf-orders-20260301-a1b2c3";

    private TestRequests() {}

    static KubernetesLauncher launcher(
            KubernetesClient client, String namespace, String image, Keda.Use use, Path directory) {
        PodSettings settings = new PodSettings(
                namespace,
                "test",
                Map.of("loader-producer", image),
                "default",
                "IfNotPresent",
                200L << 20,
                "10m",
                Duration.ofMinutes(10),
                new PodTemplateSpec(),
                null,
                new PodSettings.Keda("broker:9092", null, Duration.ofSeconds(5)));
        return new KubernetesLauncher(
                client, settings, new Keda(client, use, Clock.systemUTC()), directory, Clock.systemUTC());
    }

    /** A worker that waits for its broker for ten minutes. */
    static LaunchRequest patient(String vertex, Workload workload) {
        return request(vertex, "queue-control/0/0", 0, workload);
    }

    /** A worker that refuses what it is told. */
    static LaunchRequest refusing(String vertex) {
        return request(vertex, "nonsense", 0, Workload.BOUNDED);
    }

    static LaunchRequest request(String vertex, String command, long memory, Workload workload) {
        Map<String, String> environment = new HashMap<>();
        environment.put("STREAMFORGE_BROKER", "127.0.0.1:1");
        environment.put("STREAMFORGE_COMMAND", command);
        environment.put("STREAMFORGE_LOG", "text");
        return new LaunchRequest(
                QUEUE_ID + "-" + vertex + "-1",
                QUEUE_ID,
                vertex,
                1,
                "loader-producer",
                environment,
                Map.of("STREAMFORGE_SECRET_SHOP", "hunter2"),
                memory,
                workload);
    }

    static Workload wanting(@Nullable String cpu, Placement placement) {
        return new Workload(true, cpu, placement, null);
    }

    static Optional<TaskState> state(KubernetesLauncher launcher, String name) {
        return launcher.list().stream()
                .filter(task -> task.name().equals(name))
                .map(LaunchedTask::state)
                .findFirst();
    }
}
