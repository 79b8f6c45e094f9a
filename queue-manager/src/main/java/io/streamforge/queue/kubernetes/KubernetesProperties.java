package io.streamforge.queue.kubernetes;

import io.streamforge.queue.launch.kubernetes.Keda;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How queue-manager takes part in a cluster, under {@code streamforge.kubernetes.*}.
 *
 * @param namespace of everything queue-manager makes and watches; its own, or the current context's, unless given
 * @param lease name of the Lease by which replicas agree on who leads; a queue-manager without one is alone, and leads
 * @param workflows whether Workflow resources of the namespace are watched
 * @param secrets name of the Secret that holds what users wrote into workflows in plain text; files of the data directory unless
 *     given, which several queue-managers cannot share
 * @param workflows whether Workflow resources of the namespace are run
 */
@ConfigurationProperties("streamforge.kubernetes")
public record KubernetesProperties(
        @Nullable String namespace,
        @Nullable String lease,
        @Nullable String secrets,
        @DefaultValue("false") boolean workflows,
        @DefaultValue PodProperties pods,
        @DefaultValue KedaProperties keda) {

    /**
     * Workers as pods.
     *
     * @param instance label of all workers, tells several installations in one namespace apart
     * @param owner name of the Deployment that owns all workers, so that they go with it
     * @param memory of a worker whose workflow does not say
     * @param cpu cores requested for a worker whose workflow does not say
     * @param ttl after which a Job that nobody removed goes by itself
     * @param template a PodTemplateSpec in YAML, from which every worker's pod is made
     */
    public record PodProperties(
            @DefaultValue("streamforge") String instance,
            @DefaultValue("default") String serviceAccount,
            @DefaultValue("IfNotPresent") String imagePullPolicy,
            @Nullable String owner,
            @DefaultValue("512MB") DataSize memory,
            @DefaultValue("100m") String cpu,
            @DefaultValue("1h") Duration ttl,
            @DefaultValue("") String template) {}

    /**
     * Consumers scaled by KEDA.
     *
     * @param use {@code auto} when the cluster has KEDA, {@code always} or {@code never}
     * @param broker as KEDA reaches it; as workers do unless given
     * @param triggerAuthentication name of a TriggerAuthentication of the namespace
     * @param pollingInterval between two looks at the lag
     */
    public record KedaProperties(
            @DefaultValue("auto") Keda.Use use,
            @Nullable String broker,
            @Nullable String triggerAuthentication,
            @DefaultValue("5s") Duration pollingInterval) {}
}
