package io.streamforge.standalone;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The queries of the shipped Grafana dashboards. */
final class Dashboards {

    static final Path FOLDER = Path.of("../k8s/observability");

    private static final Pattern VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private Dashboards() {}

    /** Expressions by the place where they stand, variables not filled in. */
    static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (Path file : files()) {
            JsonNode dashboard = Json.MAPPER.readTree(Files.readString(file));
            String name = dashboard.path("title").asString();
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    String place = "%s / %d %s / %s"
                            .formatted(
                                    name,
                                    panel.path("id").asInt(),
                                    panel.path("title").asString(),
                                    target.path("refId").asString());
                    queries.put(place, target.path("expr").asString());
                }
            }
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                Matcher values = VALUES.matcher(variable.path("definition").asString(""));
                if (values.matches()) {
                    queries.put(
                            name + " / $" + variable.path("name").asString(),
                            "group by (%s) (%s)".formatted(values.group(2), values.group(1)));
                }
            }
        }
        return queries;
    }

    /** All files of which dashboards are made. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("grafana"))) {
            return new ArrayList<>(files.sorted().toList());
        }
    }
}
