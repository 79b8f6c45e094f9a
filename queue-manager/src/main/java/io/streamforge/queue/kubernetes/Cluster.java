package io.streamforge.queue.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the cluster: inside a pod by its service account, elsewhere by {@code KUBECONFIG}. Every request is counted in {@code
 * streamforge.kubernetes.requests}, by verb and resource.
 */
public final class Cluster implements AutoCloseable {

    private final KubernetesClient client;
    private final String namespace;
    private final MeterRegistry meters;

    private Cluster(Config config, MeterRegistry meters) {
        this.client = client(config, meters);
        this.namespace = Optional.ofNullable(config.getNamespace()).orElse("default");
        this.meters = meters;
    }

    /**
     * Connects on first use, not here.
     *
     * @param namespace null for the one this process is in, or the current context's
     */
    public static Cluster of(@Nullable String namespace, MeterRegistry meters) {
        ConfigBuilder config = new ConfigBuilder(Config.autoConfigure(null));
        return new Cluster((namespace == null ? config : config.withNamespace(namespace)).build(), meters);
    }

    /** The cluster that another client speaks to. */
    public static Cluster of(KubernetesClient client, MeterRegistry meters) {
        return new Cluster(client.getConfiguration(), meters);
    }

    /** Shared by all; requests that fail for a moment are repeated, and a request may take 10 s. */
    public KubernetesClient client() {
        return client;
    }

    /** Of everything queue-manager makes and watches. */
    public String namespace() {
        return namespace;
    }

    /** A client of its own whose requests are not repeated and take so long at most; the caller closes it. */
    public KubernetesClient impatient(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        return client(
                new ConfigBuilder(client.getConfiguration())
                        .withNamespace(namespace)
                        .withRequestTimeout(millis)
                        .withConnectionTimeout(millis)
                        .withRequestRetryBackoffLimit(0)
                        .build(),
                meters);
    }

    private static KubernetesClient client(Config config, MeterRegistry meters) {
        return new KubernetesClientBuilder()
                .withConfig(Objects.requireNonNull(config))
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("count-requests", new CountedRequests(meters)))
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
