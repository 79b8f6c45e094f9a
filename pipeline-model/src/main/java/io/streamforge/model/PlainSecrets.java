package io.streamforge.model;

import io.streamforge.connector.References;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A workflow document whose plain-text secrets were replaced by references.
 *
 * @param document without plain-text secrets
 * @param secrets by the names the references use; empty when there were none
 */
public record PlainSecrets(Map<String, Object> document, Map<String, String> secrets) {

    /**
     * Takes the secrets out of a document.
     *
     * @param prefix of the names given to them, such as the workflow's name; the rest of a name is the secret's place, so that the
     *     same place gets the same name again
     */
    public static PlainSecrets move(Map<String, Object> document, String prefix, ConnectorDescriptors connectors) {
        Map<String, String> secrets = new LinkedHashMap<>();
        SecretWalk walk = new SecretWalk(connectors, (path, value, url) -> {
            if (References.present(value)) {
                return value;
            }
            String name = prefix + "-" + path.replaceAll("[^A-Za-z0-9]+", "-");
            secrets.put(name, value);
            return "${secret:" + name + "}";
        });
        return new PlainSecrets(walk.document(document), secrets);
    }
}
