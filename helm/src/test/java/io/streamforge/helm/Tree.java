package io.streamforge.helm;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an object, whatever it is. */
record Tree(@Nullable Object value) {

    static Tree of(GenericKubernetesResource object) {
        return new Tree(Serialization.unmarshal(Serialization.asYaml(object), Map.class));
    }

    static Tree yaml(String text) {
        return new Tree(Serialization.unmarshal(text, Map.class));
    }

    static String name(GenericKubernetesResource object) {
        return object.getMetadata().getName();
    }

    Tree member(String name) {
        return new Tree(value instanceof Map<?, ?> map ? map.get(name) : null);
    }

    Tree at(String... names) {
        Tree found = this;
        for (String name : names) {
            found = found.member(name);
        }
        return found;
    }

    List<String> names() {
        return value instanceof Map<?, ?> map
                ? map.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    List<Tree> items() {
        return value instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
    }

    String text() {
        return String.valueOf(value);
    }
}
