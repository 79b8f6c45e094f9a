package io.streamforge.system;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.streamforge.messages.Json;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What the first container of a pod has taken, in bytes, as its node counts.
 *
 * @param resident pages of its own
 * @param workingSet these and the pages of files it uses; the node kills by this
 */
record PodMemory(long resident, long workingSet) {

    static PodMemory of(KubernetesClient client, Pod pod) {
        String summary = client.raw("/api/v1/nodes/" + pod.getSpec().getNodeName() + "/proxy/stats/summary");
        JsonNode memory = StreamSupport.stream(
                        Json.MAPPER.readTree(summary).path("pods").spliterator(), false)
                .filter(stats -> stats.path("podRef")
                        .path("uid")
                        .asString()
                        .equals(pod.getMetadata().getUid()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "the node counts nothing of " + pod.getMetadata().getName()))
                .path("containers")
                .path(0)
                .path("memory");
        return new PodMemory(
                memory.path("rssBytes").asLong(), memory.path("workingSetBytes").asLong());
    }
}
