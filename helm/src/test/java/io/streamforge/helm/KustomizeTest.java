package io.streamforge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code k8s/} is what the chart makes: its base is what all installations have in common, an overlay what one has beside it. So base
 * and overlay together are the installation, object by object.
 */
class KustomizeTest {

    private static final Path K8S = Path.of("..", "k8s");
    private static final Path CRDS = Installation.CHART.resolve("crds");
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final List<String> HELMS = List.of("helm.sh/", "checksum/config");
    private static final List<String> OVERLAYS = List.of("embedded", "external");

    @Test
    void shouldHoldWhatTheChartMakes() throws IOException {
        Map<String, Map<String, String>> installations = new TreeMap<>();
        OVERLAYS.forEach(overlay -> installations.put(
                overlay, objects(Installation.of(K8S.resolve("overlays").resolve(overlay + "-values.yaml")))));

        Map<String, String> common = new TreeMap<>(installations.get("embedded"));
        installations.values().forEach(objects -> common.entrySet().retainAll(objects.entrySet()));

        write(K8S.resolve("base"), common, definitions());
        installations.forEach((overlay, objects) -> {
            Map<String, String> own = new TreeMap<>(objects);
            own.entrySet().removeAll(common.entrySet());
            write(K8S.resolve("overlays").resolve(overlay), own, List.of("../../base"));
        });
    }

    /** The definitions of resources, which Helm installs apart from the objects that use them. */
    private static List<String> definitions() throws IOException {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(CRDS)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(CRDS, "*.yaml")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                Golden.check(K8S.resolve("base").resolve(name), Files.readString(file));
                names.add(name);
            }
        }
        return names.stream().sorted().toList();
    }

    private static void write(Path directory, Map<String, String> objects, List<String> others) {
        List<String> resources = new ArrayList<>(others);
        Map<String, List<String>> files = objects.entrySet().stream()
                .collect(Collectors.groupingBy(
                        object -> object.getKey().replaceFirst(".*/", "") + ".yaml",
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        resources.addAll(files.keySet());
        files.forEach((file, documents) -> Golden.check(directory.resolve(file), String.join("---\n", documents)));
        String listed = resources.stream().map(name -> "  - " + name + "\n").collect(Collectors.joining());
        String namespace = !others.contains("../../base") ? "" : "namespace: " + Installation.NAMESPACE + "\n";
        Golden.check(
                directory.resolve("kustomization.yaml"),
                "# Made from the chart by KustomizeTest (-Dgolden.write=true).\n"
                        + "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
                        + namespace + "resources:\n" + listed);
    }

    /** Objects by kind and name, without what only Helm knows to do with. */
    private static Map<String, String> objects(Installation installation) {
        Map<String, String> objects = new TreeMap<>();
        for (GenericKubernetesResource object : installation.objects()) {
            Map<String, String> annotations = object.getMetadata().getAnnotations();
            if (annotations != null && annotations.containsKey("helm.sh/hook")) {
                continue;
            }
            objects.put(
                    object.getKind() + "/" + Tree.name(object),
                    Serialization.asYaml(withoutHelm(Tree.of(object).value())).replaceFirst("^---\n", ""));
        }
        assertThat(objects).isNotEmpty();
        return objects;
    }

    private static Object withoutHelm(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> kept = new TreeMap<>();
            members.forEach((name, member) -> {
                Object inner = withoutHelm(member);
                boolean helms = HELMS.stream().anyMatch(String.valueOf(name)::startsWith)
                        || name.equals("annotations") && inner.equals(Map.of());
                if (!helms) {
                    kept.put(String.valueOf(name), name.equals(MANAGED_BY) ? "kustomize" : inner);
                }
            });
            return kept;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(KustomizeTest::withoutHelm).toList();
        }
        return value == null ? "" : value;
    }
}
