package io.streamforge.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connector as data: what queue-manager, the documentation and forms know of it. Written at build time to
 * {@code META-INF/streamforge/connectors/<name>.json}.
 *
 * @param name the system's name, as in a workflow file
 * @param title for people
 * @param description a short paragraph
 * @param source how it is read, null when it is no source
 * @param sink how it is written, null when it is no sink
 */
public record ConnectorDescriptor(
        String name,
        String title,
        String description,
        @Nullable Role source,
        @Nullable Role sink) {

    /** Where descriptors lie on the class path. */
    public static final String RESOURCES = "META-INF/streamforge/connectors/";

    /** A module's list of its descriptors, a name per line; there is one in each jar, so that all can be found without listing any. */
    public static final String INDEX = "META-INF/streamforge/connectors.index";

    /**
     * One side of a connector.
     *
     * @param worker module whose worker hosts it: {@code loader-producer}, {@code loader-api}, {@code sink-connector}, …
     * @param options in the order they should be documented
     * @param guarantee what it promises about loss and duplicates, a sentence
     */
    public record Role(String worker, List<OptionSpec> options, String guarantee) {

        public Role {
            options = List.copyOf(options);
        }
    }
}
