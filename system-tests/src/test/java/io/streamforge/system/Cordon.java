package io.streamforge.system;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;

/** All nodes take no new pods until this is closed. */
final class Cordon implements AutoCloseable {

    private final KubernetesClient client;
    private final List<String> nodes;

    private Cordon(KubernetesClient client, List<String> nodes) {
        this.client = client;
        this.nodes = nodes;
        schedulable(false);
    }

    static Cordon of(KubernetesClient client) {
        return new Cordon(
                client,
                client.nodes().list().getItems().stream()
                        .filter(node ->
                                !Objects.requireNonNullElse(node.getSpec().getUnschedulable(), false))
                        .map(node -> node.getMetadata().getName())
                        .toList());
    }

    private void schedulable(boolean wanted) {
        for (String name : nodes) {
            client.nodes().withName(name).edit(node -> with(node, wanted));
        }
    }

    private static Node with(Node node, boolean schedulable) {
        node.getSpec().setUnschedulable(schedulable ? null : true);
        return node;
    }

    void evict(List<Pod> pods) {
        for (Pod pod : pods) {
            var name = pod.getMetadata();
            client.pods()
                    .inNamespace(name.getNamespace())
                    .withName(name.getName())
                    .evict(new EvictionBuilder()
                            .withNewMetadata()
                            .withNamespace(name.getNamespace())
                            .withName(name.getName())
                            .endMetadata()
                            .build());
        }
    }

    @Override
    public void close() {
        schedulable(true);
    }
}
