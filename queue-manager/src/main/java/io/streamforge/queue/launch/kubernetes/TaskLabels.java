package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.run.TaskNames;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labels by which a task's objects are found, and told apart from all others. */
final class TaskLabels {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String INSTANCE = "app.kubernetes.io/instance";
    static final String TASK = "streamforge.io/task";
    static final String STREAMFORGE = "streamforge";

    private static final String QUEUE_ID = "streamforge.io/queue-id";
    private static final String VERTEX = "streamforge.io/vertex";
    private static final String ATTEMPT = "streamforge.io/attempt";
    private static final int MAX_VALUE = 63;

    /** Whose task it is. */
    record Identity(String name, String queueId, String vertex, int attempt) {}

    private TaskLabels() {}

    static Map<String, String> of(LaunchRequest request, String instance) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("app.kubernetes.io/name", request.target());
        labels.put(INSTANCE, instance);
        labels.put("app.kubernetes.io/component", "worker");
        labels.put("app.kubernetes.io/part-of", STREAMFORGE);
        labels.put(MANAGED_BY, STREAMFORGE);
        labels.put(TASK, request.name());
        labels.put(QUEUE_ID, value(request.queueId()));
        labels.put(VERTEX, request.vertex());
        labels.put(ATTEMPT, String.valueOf(request.attempt()));
        return labels;
    }

    /** A label cannot hold a long queue id, an annotation can. */
    static Map<String, String> annotations(LaunchRequest request) {
        return Map.of(QUEUE_ID, request.queueId());
    }

    private static String value(String queueId) {
        return queueId.length() <= MAX_VALUE ? queueId : TaskNames.shortened(queueId);
    }

    static Map<String, String> selector(String instance) {
        return Map.of(MANAGED_BY, STREAMFORGE, INSTANCE, instance);
    }

    /** Empty when the object is not a task's. */
    static Optional<Identity> identity(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> labels = metadata.getLabels();
        Map<String, String> annotations = metadata.getAnnotations();
        if (labels == null || annotations == null) {
            return Optional.empty();
        }
        String name = labels.get(TASK);
        String queueId = annotations.get(QUEUE_ID);
        String vertex = labels.get(VERTEX);
        Integer attempt = number(labels.get(ATTEMPT));
        return name == null || queueId == null || vertex == null || attempt == null
                ? Optional.empty()
                : Optional.of(new Identity(name, queueId, vertex, attempt));
    }

    /** The task an object belongs to, empty when it is nobody's. */
    static String task(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : Objects.requireNonNullElse(labels.get(TASK), "");
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null || !text.matches("[0-9]{1,9}") ? null : Integer.valueOf(text);
    }
}
