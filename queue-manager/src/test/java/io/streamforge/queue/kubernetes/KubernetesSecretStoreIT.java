package io.streamforge.queue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class KubernetesSecretStoreIT {

    KubernetesClient client;
    private KubernetesSecretStore store;

    @BeforeEach
    void makeSecret() {
        store = new KubernetesSecretStore(Cluster.of(client, new SimpleMeterRegistry()), "kept");
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(client.getNamespace())
                        .withName("kept")
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void shouldKeepSecretsUntilTheirWorkflowIsRemoved() {
        // given
        store.put("orders.source.password", "süß");
        store.put("orders.sink.password", "bitter");
        store.put("other.sink.password", "salty");

        // when
        store.put("orders.source.password", "sour");
        store.removeAll("orders.");

        // then
        assertThat(store.get("orders.source.password")).isEmpty();
        assertThat(store.get("orders.sink.password")).isEmpty();
        assertThat(store.get("other.sink.password")).contains("salty");
    }

    @Test
    void shouldGiveBackWhatWasPut() {
        store.put("orders.source.password", "süß");

        assertThat(store.get("orders.source.password")).contains("süß");
        assertThat(store.get("no such name!")).isEmpty();
    }

    @Test
    void shouldSayWhichSecretIsMissing() {
        client.secrets().withName("kept").delete();

        assertThatThrownBy(() -> store.get("orders.source.password")).hasMessageContaining("there is no Secret kept");
    }
}
