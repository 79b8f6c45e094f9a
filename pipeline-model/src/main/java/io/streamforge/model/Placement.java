package io.streamforge.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow says about the pods of its workers.
 *
 * @param scale of the sinks of a streaming workflow
 * @param deadline after which a worker of a batch is ended; null for none
 * @param imagePullSecrets names of Secrets
 */
public record Placement(
        Scale scale,
        @Nullable Duration deadline,
        Map<String, String> nodeSelector,
        Map<String, String> annotations,
        List<Toleration> tolerations,
        List<Volume> volumes,
        List<String> imagePullSecrets) {

    public static final Placement ANYWHERE =
            new Placement(Scale.DEFAULT, null, Map.of(), Map.of(), List.of(), List.of(), List.of());

    public Placement {
        nodeSelector = Map.copyOf(nodeSelector);
        annotations = Map.copyOf(annotations);
        tolerations = List.copyOf(tolerations);
        volumes = List.copyOf(volumes);
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }

    /**
     * How many workers share a sink.
     *
     * @param min 0 to have none while there is nothing to do
     * @param max null for as many as the topic has partitions
     * @param lag records behind, for each of which there is one more worker
     * @param coolDown without work before the last worker goes
     */
    public record Scale(int min, @Nullable Integer max, long lag, Duration coolDown) {

        public static final Scale DEFAULT = new Scale(0, null, 1000, Duration.ofMinutes(5));
    }

    /** See the Kubernetes type of this name. */
    public record Toleration(
            @Nullable String key,
            String operator,
            @Nullable String value,
            @Nullable String effect) {}

    /**
     * A directory of a worker: a claim, a ConfigMap, or an empty one that goes with the pod. Nothing else, because whoever may
     * write workflows need not be allowed to see every Secret, or the node.
     *
     * @param path absolute
     * @param size bytes of an empty one at most, null for no bound
     */
    public record Volume(
            String name,
            String path,
            @Nullable String claim,
            @Nullable String configMap,
            @Nullable Long size,
            boolean readOnly) {}
}
