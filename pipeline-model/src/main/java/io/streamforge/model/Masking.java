package io.streamforge.model;

import java.util.Map;
import java.util.regex.Pattern;

/** Hides secrets of a workflow document, for everything that is shown, logged or answered. References stay as they are. */
public final class Masking {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^/?#@:\\s]*:)[^/?#\\s]*@");

    private static final Pattern QUERY_PASSWORD =
            Pattern.compile("(?i)([?&;][^=&;?]*(?:passw|pwd|secret|token|api_?key)[^=&;?]*=)[^&;#\\s]+");

    private final SecretWalk walk;

    public Masking(ConnectorDescriptors connectors) {
        walk = new SecretWalk(connectors, (path, value, url) -> url ? text(value) : MASK);
    }

    /** A copy of the document ({@link WorkflowSpec#document}, or one that is no valid workflow) without its secrets. */
    public Map<String, Object> mask(Map<String, Object> document) {
        return walk.document(document);
    }

    /** Text with the passwords of the URLs in it hidden. */
    public static String text(String text) {
        String host = URL_PASSWORD.matcher(text).replaceAll("$1" + MASK + "@");
        return QUERY_PASSWORD.matcher(host).replaceAll("$1" + MASK);
    }
}
