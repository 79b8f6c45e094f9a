package io.streamforge.queue.launch.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.streamforge.queue.run.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A namespace of the cluster of {@code KUBECONFIG}, that goes with this object, and launchers in it. The image of {@code
 * streamforge/loader-producer} has to be in the cluster, or where {@code STREAMFORGE_TEST_IMAGE} says.
 */
final class TestCluster implements AutoCloseable {

    private static final String IMAGE = Optional.ofNullable(System.getenv("STREAMFORGE_TEST_IMAGE"))
            .orElse("streamforge/loader-producer:0.1.0-SNAPSHOT");
    private static final Duration WITHIN = Duration.ofSeconds(15);

    final KubernetesClient client = new KubernetesClientBuilder().build();
    final String namespace;

    TestCluster(Map<String, String> labels) {
        byte[] random = new byte[3];
        new Random().nextBytes(random);
        namespace = "kube-" + HexFormat.of().formatHex(random);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        // Pods are refused until their service account is there.
        await().atMost(WITHIN)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    KubernetesLauncher launcher(Path directory) {
        return launcher(directory, client, IMAGE);
    }

    KubernetesLauncher launcher(Path directory, KubernetesClient as, String image) {
        return TestRequests.launcher(as, namespace, image, Keda.Use.AUTO, directory);
    }

    /** A client that may do what this service account of the namespace may. */
    KubernetesClient as(String serviceAccount) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername("system:serviceaccount:" + namespace + ":" + serviceAccount)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The state of the task within the time in which a user is to see it. */
    static <T extends TaskState> T await15s(KubernetesLauncher launcher, String name, Class<T> kind) {
        return await().atMost(WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> TestRequests.state(launcher, name)
                                .filter(kind::isInstance)
                                .map(kind::cast),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
