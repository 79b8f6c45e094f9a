package io.streamforge.helm;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds objects against the types of Kubernetes: a member that none of them has is misspelt. */
final class KnownObjects {

    private static final String MODEL = "io.fabric8.kubernetes.api.model";
    private static final String UNKNOWN = "getAdditionalProperties";

    private final List<String> problems = new ArrayList<>();

    private KnownObjects() {}

    /** Paths of members that the object's type does not have. */
    static List<String> problems(GenericKubernetesResource object) {
        KubernetesResource typed = Serialization.unmarshal(Serialization.asYaml(object), KubernetesResource.class);
        if (typed instanceof GenericKubernetesResource) {
            return List.of("no such kind: " + object.getApiVersion() + " " + object.getKind());
        }
        KnownObjects known = new KnownObjects();
        known.walk("", typed);
        return known.problems;
    }

    private void walk(String path, @Nullable Object node) {
        if (node instanceof Map<?, ?> members) {
            members.forEach((name, value) -> walk(path + "." + name, value));
        } else if (node instanceof List<?> items) {
            items.forEach(item -> walk(path + "[]", item));
        } else if (node != null && node.getClass().getName().startsWith(MODEL)) {
            members(path, node);
        }
    }

    private void members(String path, Object node) {
        for (Method method : node.getClass().getMethods()) {
            if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
                continue;
            }
            Object value = value(method, node);
            if (method.getName().equals(UNKNOWN)) {
                if (value instanceof Map<?, ?> unknown) {
                    unknown.keySet().forEach(name -> problems.add(path + "." + name));
                }
            } else if (!method.getName().equals("getClass")) {
                walk(path + "." + method.getName().substring(3), value);
            }
        }
    }

    private static @Nullable Object value(Method method, Object node) {
        try {
            return method.invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + method, e);
        }
    }
}
