package io.streamforge.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command of {@code helm} as docs/kubernetes.md shows it, and the other commands there.
 *
 * @param settings of {@code --set}
 * @param flags without a value
 */
record Documented(Map<String, String> settings, List<String> flags) {

    private static final Path PAGE = Path.of("../docs/kubernetes.md");

    /** @throws AssertionError when the page does not show it */
    static Documented helm(String command) {
        String line = lines().stream()
                .filter(shown -> shown.startsWith("helm " + command + " " + Installation.RELEASE))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " shows no helm " + command));
        return parse(line.split("\\s+"));
    }

    /** The commands of a section that are not Helm's, in their order, without their remarks. */
    static List<String> kubectl(String section) {
        List<String> found = new ArrayList<>();
        boolean within = false;
        boolean fenced = false;
        for (String line : lines()) {
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced && line.startsWith("#")) {
                within = line.replaceFirst("#+ ", "").equals(section);
            } else if (fenced && within && line.startsWith("kubectl ")) {
                found.add(line.replaceFirst(" +# .*", ""));
            }
        }
        if (found.isEmpty()) {
            throw new AssertionError(PAGE + " shows no command in section " + section);
        }
        return found;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Documented parse(String[] words) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("--set")) {
                String[] setting = words[++i].split("=", 2);
                settings.put(setting[0], setting[1]);
            } else if (words[i].startsWith("--")) {
                flags.add(words[i]);
            }
        }
        return new Documented(settings, flags);
    }
}
