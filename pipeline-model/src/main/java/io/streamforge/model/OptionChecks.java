package io.streamforge.model;

import io.streamforge.connector.OptionParser;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Problem;
import io.streamforge.connector.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks options before their references are resolved: one that holds a reference counts as given, its value is not looked at. */
final class OptionChecks {

    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.:-]*:.*");

    private OptionChecks() {}

    /** Every mistake, with the option's name as its path. */
    static List<Problem> errors(List<OptionSpec> specs, Map<String, Object> written) {
        List<OptionSpec> relaxed = new ArrayList<>();
        Map<String, Object> known = new LinkedHashMap<>(written);
        for (OptionSpec spec : specs) {
            if (holdsReference(written.get(spec.name()))) {
                known.remove(spec.name());
                relaxed.add(OptionSpec.of(spec.name(), OptionType.STRING, spec.description()));
            } else {
                relaxed.add(spec);
            }
        }
        List<Problem> problems = new ArrayList<>();
        // What the options are is told by whoever uses them: here they may lack what references will bring.
        boolean complete = new OptionParser(relaxed).parse(known, problems).isPresent();
        return complete ? List.of() : problems;
    }

    /** Secrets that stand in the text. */
    static List<Problem> warnings(List<OptionSpec> specs, Map<String, Object> written) {
        List<Problem> problems = new ArrayList<>();
        for (OptionSpec spec : specs) {
            Object value = written.get(spec.name());
            if (value == null) {
                continue;
            }
            if (spec.secret() && !holdsReference(value)) {
                problems.add(plain(spec.name(), "the secret is written in plain text"));
            } else if (value instanceof String text && holdsCredentials(text)) {
                problems.add(plain(spec.name(), "the URL holds a password in plain text"));
            }
        }
        return problems;
    }

    static boolean holdsCredentials(String text) {
        return !References.present(text)
                && URL.matcher(text).matches()
                && !Masking.text(text).equals(text);
    }

    static boolean holdsReference(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof String text) {
            return References.present(text);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(OptionChecks::holdsReference);
        }
        return value instanceof Collection<?> items && items.stream().anyMatch(OptionChecks::holdsReference);
    }

    private static Problem plain(String option, String message) {
        return new Problem(
                "PLAIN-SECRET",
                option,
                message,
                "write ${secret:name} and set " + References.environmentName("name") + " where the worker runs");
    }
}
