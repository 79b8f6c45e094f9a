package io.streamforge.queue.launch;

import java.util.Map;

/**
 * A worker to be started.
 *
 * @param name see {@link io.streamforge.queue.run.TaskNames}
 * @param target the worker's module, such as {@code loader-producer}
 * @param environment all the worker is configured by, with the start command's place and the secrets it may see; not to be
 *     logged
 * @param memory bytes the worker may use in all, 0 for the launcher's default
 */
public record LaunchRequest(
        String name,
        String queueId,
        String vertex,
        int attempt,
        String target,
        Map<String, String> environment,
        long memory) {

    public LaunchRequest {
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "LaunchRequest[" + name + ", " + target + "]";
    }
}
