package io.streamforge.queue.launch;

import io.streamforge.model.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker to be started.
 *
 * @param name see {@link io.streamforge.queue.run.TaskNames}
 * @param target the worker's module, such as {@code loader-producer}
 * @param environment what the worker is configured by, with the start command's place
 * @param secrets variables whose values nobody else may see; not to be logged
 * @param memory bytes the worker may use in all, 0 for the launcher's default
 */
public record LaunchRequest(
        String name,
        String queueId,
        String vertex,
        int attempt,
        String target,
        Map<String, String> environment,
        Map<String, String> secrets,
        long memory,
        Workload workload) {

    public LaunchRequest {
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }

    /**
     * What kind of work it is, for launchers that place workers by it.
     *
     * @param bounded whether the worker ends by itself
     * @param cpu cores, such as {@code 500m}; null for the launcher's default
     * @param consumers null unless several workers may share the vertex
     */
    public record Workload(
            boolean bounded,
            @Nullable String cpu,
            Placement placement,
            @Nullable Consumers consumers) {

        public static final Workload BOUNDED = new Workload(true, null, Placement.ANYWHERE, null);
    }

    /**
     * A consumer group, which spreads a topic over as many workers as there are.
     *
     * @param min workers, also when there is nothing to do
     * @param max workers, at most the topic's partitions
     * @param lag records behind, for each of which there is one more worker
     * @param coolDown without work before the last worker goes
     */
    public record Consumers(String topic, String group, int min, int max, long lag, Duration coolDown) {}

    /** The variables of the worker's process, secrets among them. */
    public Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(secrets);
        return all;
    }

    @Override
    public String toString() {
        return "LaunchRequest[" + name + ", " + target + "]";
    }
}
