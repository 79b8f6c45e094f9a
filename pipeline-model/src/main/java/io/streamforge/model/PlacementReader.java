package io.streamforge.model;

import io.streamforge.model.Placement.Scale;
import io.streamforge.model.Placement.Toleration;
import io.streamforge.model.Placement.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the workers' pods are to be like. */
final class PlacementReader {

    private static final int MAX_WORKERS = 1000;
    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern VOLUME_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ABSOLUTE = Pattern.compile("/[^:]*");
    private static final Pattern EFFECT = Pattern.compile("NoSchedule|PreferNoSchedule|NoExecute");
    private static final Pattern OPERATOR = Pattern.compile("Equal|Exists");

    private PlacementReader() {}

    static Placement read(Members members) {
        Placement placement = new Placement(
                scale(members.mapping("scale")),
                deadline(members),
                texts(members.rawMapping("node_selector")),
                texts(members.rawMapping("annotations")),
                members.mappings("tolerations").stream()
                        .map(PlacementReader::toleration)
                        .toList(),
                members.mappings("volumes").stream()
                        .map(PlacementReader::volume)
                        .toList(),
                pullSecrets(members));
        members.finish();
        return placement;
    }

    private static Scale scale(Members members) {
        int min = (int) members.integer("min", Scale.DEFAULT.min(), 0, MAX_WORKERS);
        Scale scale = new Scale(
                min,
                members.has("max") ? Integer.valueOf((int) members.integer("max", 1, 1, MAX_WORKERS)) : null,
                members.integer("lag", Scale.DEFAULT.lag(), 1, Long.MAX_VALUE),
                members.duration("cool_down", Scale.DEFAULT.coolDown()));
        Integer max = scale.max();
        if (max != null && max < min) {
            members.problem("VALUE", "max", max + " is below min, which is " + min, null);
        }
        members.finish();
        return scale;
    }

    private static @Nullable Duration deadline(Members members) {
        Duration deadline = members.has("deadline") ? members.duration("deadline", Duration.ofDays(1)) : null;
        if (deadline != null && deadline.toSeconds() < 1) {
            members.problem("VALUE", "deadline", "must be at least 1s", null);
        }
        return deadline;
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    private static List<String> pullSecrets(Members members) {
        List<String> names = members.texts("image_pull_secrets");
        names.stream()
                .filter(name -> !OBJECT_NAME.matcher(name).matches())
                .forEach(name -> members.problem(
                        "VALUE",
                        "image_pull_secrets",
                        "'" + ParameterType.shown(name) + "' is not the name of a Secret",
                        null));
        return names;
    }

    private static Toleration toleration(Members members) {
        Toleration toleration = new Toleration(
                members.text("key").orElse(null),
                matching(members, "operator", OPERATOR).orElse("Equal"),
                members.text("value").orElse(null),
                matching(members, "effect", EFFECT).orElse(null));
        members.finish();
        return toleration;
    }

    private static Volume volume(Members members) {
        Volume volume = new Volume(
                required(members, "name", VOLUME_NAME),
                required(members, "path", ABSOLUTE),
                matching(members, "claim", OBJECT_NAME).orElse(null),
                matching(members, "config_map", OBJECT_NAME).orElse(null),
                members.has("size") ? Long.valueOf(members.size("size", 0)) : null,
                members.flag("read_only", false));
        if (volume.claim() != null && volume.configMap() != null) {
            members.problem("VALUE", "claim", "a volume is a claim or a config_map, not both", null);
        }
        members.finish();
        return volume;
    }

    private static String required(Members members, String name, Pattern pattern) {
        members.requiredText(name, "for example name: landing, path: /data");
        return matching(members, name, pattern).orElse("");
    }

    private static Optional<String> matching(Members members, String name, Pattern pattern) {
        Optional<String> text = members.text(name);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            members.problem("VALUE", name, "does not match " + pattern, null);
        }
        return text;
    }
}
