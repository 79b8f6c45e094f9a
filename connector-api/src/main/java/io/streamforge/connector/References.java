package io.streamforge.connector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The references {@code ${secret:name}} and {@code ${env:NAME}} in options; resolved where the option is used, never stored. */
public final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(secret|env):([^}]+)}");

    private References() {}

    /** Finds the values that references stand for. */
    public interface Resolver {
        Optional<String> secret(String name);

        Optional<String> env(String name);
    }

    public static boolean present(String text) {
        return REFERENCE.matcher(text).find();
    }

    /** A copy of the options, at any depth, with all references replaced; a reference without a value is a problem at its path. */
    public static Map<String, Object> resolve(Map<String, Object> options, Resolver resolver, List<Problem> problems) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        options.forEach((name, value) -> resolved.put(name, resolve(name, value, resolver, problems)));
        return resolved;
    }

    private static Object resolve(String path, Object value, Resolver resolver, List<Problem> problems) {
        if (value instanceof String text) {
            return replace(text, reference -> lookUp(reference, path, resolver, problems));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> resolved = new LinkedHashMap<>();
            map.forEach((name, member) ->
                    resolved.put(String.valueOf(name), resolve(path + "." + name, member, resolver, problems)));
            return resolved;
        }
        if (value instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                resolved.add(resolve(path + "[" + i + "]", list.get(i), resolver, problems));
            }
            return resolved;
        }
        return value;
    }

    private static String replace(String text, UnaryOperator<String> lookUp) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(lookUp.apply(match.group(1) + ":" + match.group(2))));
    }

    private static String lookUp(String reference, String path, Resolver resolver, List<Problem> problems) {
        int colon = reference.indexOf(':');
        String name = reference.substring(colon + 1);
        boolean secret = reference.startsWith("secret");
        return (secret ? resolver.secret(name) : resolver.env(name)).orElseGet(() -> {
            problems.add(new Problem(
                    secret ? "SECRET-MISSING" : "ENV-MISSING",
                    path,
                    "${" + reference + "} has no value",
                    secret
                            ? "set the environment variable " + environmentName(name) + " where the worker runs"
                            : "set the environment variable " + name + " where the worker runs"));
            return "";
        });
    }

    /** The environment variable that holds a secret: {@code shop-db} is {@code STREAMFORGE_SECRET_SHOP_DB}. */
    public static String environmentName(String secret) {
        return "STREAMFORGE_SECRET_" + secret.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Secrets and variables of a process environment. */
    public static Resolver ofEnvironment(Map<String, String> environment) {
        return new Resolver() {
            @Override
            public Optional<String> secret(String name) {
                return Optional.ofNullable(environment.get(environmentName(name)));
            }

            @Override
            public Optional<String> env(String name) {
                // A secret must be referred to as one, so that it is masked wherever the option is shown.
                return name.startsWith("STREAMFORGE_") ? Optional.empty() : Optional.ofNullable(environment.get(name));
            }
        };
    }
}
