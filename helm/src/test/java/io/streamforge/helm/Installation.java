package io.streamforge.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The objects the chart makes of some values, as {@code helm template} prints them. */
record Installation(List<GenericKubernetesResource> objects) {

    static final Path CHART = Path.of("streamforge").toAbsolutePath();
    static final String RELEASE = "streamforge";
    static final String NAMESPACE = "streamforge";
    static final String KUBERNETES = "1.34.0";

    /** With {@code name=value}, a dot between the parts of a name. */
    static Installation of(Map<String, Object> values) {
        return new Installation(parse(render(values)));
    }

    static Installation of(Path valuesFile) {
        return new Installation(parse(command()
                .withValuesFile(valuesFile.toAbsolutePath().normalize())
                .call()));
    }

    static Installation embedded() {
        return of(Map.of("embedded.enabled", true, "dummyService.enabled", true));
    }

    static String render(Map<String, Object> values) {
        TemplateCommand command = command();
        values.forEach(command::set);
        return command.call();
    }

    private static TemplateCommand command() {
        return new Helm(CHART)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
    }

    private static List<GenericKubernetesResource> parse(String text) {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        for (String document : text.split("(?m)^---\\s*$")) {
            if (document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
                objects.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
            }
        }
        return List.copyOf(objects);
    }

    List<GenericKubernetesResource> kind(String kind) {
        return matching(object -> object.getKind().equals(kind));
    }

    GenericKubernetesResource only(String kind, String name) {
        List<GenericKubernetesResource> found = matching(
                object -> object.getKind().equals(kind) && Tree.name(object).equals(name));
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects are " + kind + " " + name);
        }
        return found.get(0);
    }

    private List<GenericKubernetesResource> matching(Predicate<GenericKubernetesResource> wanted) {
        return objects.stream().filter(wanted).toList();
    }

    /** The pods of Deployments, StatefulSets and hooks, by the name of their object. */
    Map<String, Tree> pods() {
        Map<String, Tree> pods = new TreeMap<>();
        for (GenericKubernetesResource object : objects) {
            Tree spec = Tree.of(object).member("spec");
            switch (object.getKind()) {
                case "Deployment", "StatefulSet", "Job" ->
                    pods.put(Tree.name(object), spec.member("template").member("spec"));
                case "Pod" -> pods.put(Tree.name(object), spec);
                default -> {
                    // Makes no pod.
                }
            }
        }
        return pods;
    }
}
