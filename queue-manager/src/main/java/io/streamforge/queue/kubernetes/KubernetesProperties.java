package io.streamforge.queue.kubernetes;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How queue-manager takes part in a cluster, under {@code streamforge.kubernetes.*}.
 *
 * @param namespace of everything queue-manager makes and watches; its own, or the current context's, unless given
 * @param lease name of the Lease by which replicas agree on who leads; a queue-manager without one is alone, and leads
 * @param secrets name of the Secret that holds what users wrote into workflows in plain text; files of the data directory unless
 *     given, which several queue-managers cannot share
 * @param workflows whether Workflow resources of the namespace are watched
 */
@ConfigurationProperties("streamforge.kubernetes")
public record KubernetesProperties(
        @Nullable String namespace,
        @Nullable String lease,
        @Nullable String secrets,
        @DefaultValue("false") boolean workflows) {}
