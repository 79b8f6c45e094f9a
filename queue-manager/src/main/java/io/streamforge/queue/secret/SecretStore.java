package io.streamforge.queue.secret;

import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps the secrets that users wrote into workflows in plain text. */
public interface SecretStore {

    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,199}");

    /** Keeps a secret; durable when the call returns. */
    void put(String name, String value);

    Optional<String> get(String name);

    /** Removes all secrets whose names begin so. */
    void removeAll(String prefix);

    /** @throws IllegalArgumentException when it is no {@link #NAME} */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a secret");
        }
        return name;
    }
}
