package io.streamforge.queue.kubernetes;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How queue-manager takes part in a cluster, under {@code streamforge.kubernetes.*}.
 *
 * @param namespace of everything queue-manager makes and watches; its own, or the current context's, unless given
 * @param lease name of the Lease by which replicas agree on who leads; a queue-manager without one is alone, and leads
 * @param secrets name of the Secret that holds what users wrote into workflows in plain text; files of the data directory unless
 *     given, which several queue-managers cannot share
 */
@ConfigurationProperties("streamforge.kubernetes")
public record KubernetesProperties(
        @Nullable String namespace,
        @Nullable String lease,
        @Nullable String secrets) {}
