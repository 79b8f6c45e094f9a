package io.streamforge.queue.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets as members of one Secret that exists already, so that queue-manager needs rights on this one only. The cluster's limit of
 * 1 MiB holds for all of them together.
 */
public final class KubernetesSecretStore implements SecretStore {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final JsonMapper JSON = new JsonMapper();

    private final Cluster cluster;
    private final String secret;

    /** @param secret name of the Secret */
    public KubernetesSecretStore(Cluster cluster, String secret) {
        this.cluster = cluster;
        this.secret = secret;
    }

    @Override
    public void put(String name, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        if (!encoded.equals(data().get(SecretStore.requireName(name)))) {
            patch(Map.of(name, encoded));
        }
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(data().get(name))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    @Override
    public void removeAll(String prefix) {
        Map<String, @Nullable String> removed = new TreeMap<>();
        data().keySet().stream().filter(name -> name.startsWith(prefix)).forEach(name -> removed.put(name, null));
        if (!removed.isEmpty()) {
            patch(removed);
        }
    }

    private Map<String, String> data() {
        Secret found = attempt(resource -> resource.get());
        if (found == null) {
            throw new StoreException("there is no Secret %s in namespace %s to keep the secrets of workflows in"
                    .formatted(secret, cluster.namespace()));
        }
        return found.getData() == null ? Map.of() : found.getData();
    }

    private void patch(Map<String, @Nullable String> data) {
        attempt(resource -> resource.patch(MERGE, JSON.writeValueAsString(Map.of("data", data))));
    }

    private @Nullable Secret attempt(Function<Resource<Secret>, @Nullable Secret> call) {
        try {
            return call.apply(
                    cluster.client().secrets().inNamespace(cluster.namespace()).withName(secret));
        } catch (KubernetesClientException e) {
            throw new StoreException("Secret " + secret + ": " + e.getMessage(), e);
        }
    }
}
