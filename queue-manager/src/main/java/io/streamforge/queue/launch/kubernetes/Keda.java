package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether the cluster has KEDA; asked again now and then, because it may be installed later. */
public final class Keda {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final Use use;
    private final Clock clock;
    private boolean present;
    private Instant asked = Instant.MIN;

    /** Whether consumers are scaled: if the cluster can, always, or never. */
    public enum Use {
        AUTO,
        ALWAYS,
        NEVER
    }

    public Keda(KubernetesClient client, Use use, Clock clock) {
        this.client = client;
        this.use = use;
        this.clock = clock;
    }

    synchronized boolean present() {
        if (use != Use.AUTO) {
            return use == Use.ALWAYS;
        }
        if (clock.instant().isAfter(asked.equals(Instant.MIN) ? asked : asked.plus(KNOWN_FOR))) {
            try {
                present = client.supports(Manifests.KEDA_VERSION, Manifests.SCALED_OBJECT);
                asked = clock.instant();
            } catch (KubernetesClientException e) {
                throw Refusals.of("cannot ask whether there is KEDA", e);
            }
        }
        return present;
    }
}
