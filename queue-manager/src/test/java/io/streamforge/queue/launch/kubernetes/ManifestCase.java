package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.streamforge.connector.Units;
import io.streamforge.messages.Json;
import io.streamforge.model.Placement;
import io.streamforge.model.WorkflowParser;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Consumers;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is launched, as a test writes it down. */
record ManifestCase(LaunchRequest request, PodSettings settings, boolean keda) {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    static final Map<String, String> IMAGES = Map.of(
            "loader-producer", "registry.example/streamforge/loader-producer:1",
            "sink-connector", "registry.example/streamforge/sink-connector:1");

    @SuppressWarnings("unchecked")
    static ManifestCase read(Path file) throws IOException {
        return of(YAML.unmarshal(Files.readString(file), Map.class));
    }

    static ManifestCase of(Map<String, Object> in) {
        Map<String, Object> request = map(in, "request");
        Map<String, Object> keda = map(in, "keda");
        return new ManifestCase(
                new LaunchRequest(
                        text(request, "name", ""),
                        text(request, "queue_id", ""),
                        text(request, "vertex", ""),
                        (int) request.get("attempt"),
                        text(request, "target", ""),
                        Map.of(
                                "STREAMFORGE_BROKER",
                                "broker:9092",
                                "STREAMFORGE_COMMAND",
                                "queue-control/0/7/" + text(request, "queue_id", "")),
                        texts(map(request, "secrets")),
                        Long.parseLong(text(request, "memory", "0")),
                        new Workload(
                                !"streaming".equals(in.get("mode")),
                                (String) request.get("cpu"),
                                placement(map(in, "kubernetes")),
                                consumers(map(in, "consumers")))),
                new PodSettings(
                        "shop",
                        "streamforge",
                        IMAGES,
                        "streamforge-worker",
                        "IfNotPresent",
                        512L << 20,
                        "100m",
                        Duration.ofHours(1),
                        YAML.convertValue(map(in, "template"), PodTemplateSpec.class),
                        in.containsKey("owner") ? YAML.convertValue(map(in, "owner"), OwnerReference.class) : null,
                        new PodSettings.Keda(
                                "broker.shop:9092", (String) keda.get("authentication"), Duration.ofSeconds(5))),
                Boolean.TRUE.equals(keda.get("present")));
    }

    private static Placement placement(Map<String, Object> wishes) {
        String workflow = Json.MAPPER.writeValueAsString(Map.of(
                "name",
                "orders",
                "source",
                Map.of("connector", "file", "options", Map.of("path", "a.csv")),
                "sinks",
                List.of(Map.of("connector", "file", "options", Map.of("path", "b.csv"))),
                "kubernetes",
                wishes));
        return WorkflowParser.parse(workflow).spec().orElseThrow().placement();
    }

    private static @Nullable Consumers consumers(Map<String, Object> wish) {
        return wish.isEmpty()
                ? null
                : new Consumers(
                        text(wish, "topic", ""),
                        text(wish, "group", ""),
                        (int) wish.get("min"),
                        (int) wish.get("max"),
                        (int) wish.get("lag"),
                        Units.duration(text(wish, "cool_down", "5m")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> in, String name) {
        return (Map<String, Object>) in.getOrDefault(name, Map.of());
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    private static String text(Map<String, Object> in, String name, String fallback) {
        return String.valueOf(in.getOrDefault(name, fallback));
    }
}
