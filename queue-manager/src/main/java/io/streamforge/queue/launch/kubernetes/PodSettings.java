package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all workers' pods have in common.
 *
 * @param instance tells the workers of several installations in one namespace apart
 * @param images of worker modules; nothing else names an image
 * @param memory bytes of a worker whose workflow does not say
 * @param cpu cores that are requested for a worker whose workflow does not say
 * @param ttl after which a Job that nobody removed goes by itself
 * @param template what every pod starts from
 * @param owner of all workloads, so that they go with it; null for none
 */
public record PodSettings(
        String namespace,
        String instance,
        Map<String, String> images,
        String serviceAccount,
        String pullPolicy,
        long memory,
        String cpu,
        Duration ttl,
        PodTemplateSpec template,
        @Nullable OwnerReference owner,
        Keda keda) {

    public PodSettings {
        images = Map.copyOf(images);
    }

    /**
     * How KEDA asks for a consumer group's lag.
     *
     * @param broker as KEDA reaches it
     * @param authentication name of a TriggerAuthentication of the namespace; null for none
     * @param pollingInterval between two questions
     */
    public record Keda(String broker, @Nullable String authentication, Duration pollingInterval) {}
}
