package io.streamforge.queue;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.streamforge.queue.kubernetes.Cluster;
import io.streamforge.queue.kubernetes.KubernetesProperties;
import io.streamforge.queue.kubernetes.KubernetesProperties.KedaProperties;
import io.streamforge.queue.kubernetes.KubernetesProperties.PodProperties;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.kubernetes.Keda;
import io.streamforge.queue.launch.kubernetes.KubernetesLauncher;
import io.streamforge.queue.launch.kubernetes.PodSettings;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the launcher of pods of what is configured. */
final class KubernetesLaunchers {

    private KubernetesLaunchers() {}

    /** @throws IllegalArgumentException naming the property that is wrong */
    static Launcher of(
            QueueManagerProperties properties, KubernetesProperties kubernetes, Cluster cluster, Clock clock) {
        PodProperties pods = kubernetes.pods();
        KedaProperties keda = kubernetes.keda();
        PodSettings settings = new PodSettings(
                cluster.namespace(),
                pods.instance(),
                properties.workers().images(),
                pods.serviceAccount(),
                pods.imagePullPolicy(),
                pods.memory().toBytes(),
                pods.cpu(),
                pods.ttl(),
                template(pods.template()),
                owner(cluster, pods.owner()),
                new PodSettings.Keda(
                        Objects.requireNonNullElse(keda.broker(), properties.brokerOfWorkers()),
                        keda.triggerAuthentication(),
                        keda.pollingInterval()));
        return new KubernetesLauncher(
                cluster.client(), settings, new Keda(cluster.client(), keda.use(), clock), properties.data(), clock);
    }

    private static PodTemplateSpec template(String yaml) {
        if (yaml.isBlank()) {
            return new PodTemplateSpec();
        }
        try {
            PodTemplateSpec template = Serialization.unmarshal(yaml, PodTemplateSpec.class);
            if (!template.getAdditionalProperties().isEmpty()) {
                throw new IllegalArgumentException(
                        "streamforge.kubernetes.pods.template has metadata and spec only, got "
                                + template.getAdditionalProperties().keySet());
            }
            return template;
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException(
                    "streamforge.kubernetes.pods.template is not a PodTemplateSpec: " + e.getMessage(), e);
        }
    }

    private static @Nullable OwnerReference owner(Cluster cluster, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        Deployment owner = cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
        if (owner == null) {
            throw new IllegalArgumentException("streamforge.kubernetes.pods.owner: there is no Deployment '%s' in %s"
                    .formatted(name, cluster.namespace()));
        }
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(name)
                .withUid(owner.getMetadata().getUid())
                .withController(false)
                .withBlockOwnerDeletion(false)
                .build();
    }
}
