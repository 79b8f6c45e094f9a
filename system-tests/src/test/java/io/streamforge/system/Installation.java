package io.streamforge.system;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the chart makes, in a {@link Space} of its own; closing it removes all that was made. */
final class Installation implements AutoCloseable {

    static final String RELEASE = "streamforge";
    static final String QUEUE_ID = "streamforge.io/queue-id";
    static final String VERTEX = "streamforge.io/vertex";

    private static final Path CHART = Path.of("../helm/streamforge").toAbsolutePath();
    private static final String QUEUE_MANAGER = RELEASE + "-queue-manager";
    private static final int PORT = 8080;
    private static final int READY_SECONDS = 240;

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Space space;
    private @Nullable LocalPortForward forward;

    private Installation(String namespace) {
        space = new Space(client, namespace, RELEASE);
    }

    /**
     * Installs and waits until everything is ready.
     *
     * @param values in YAML, beside those that make the chart use the images and volumes of the test
     */
    static Installation of(String prefix, String values) {
        return of(prefix, values, Map.of());
    }

    /** @param settings as of {@code --set} */
    static Installation of(String prefix, String values, Map<String, String> settings) {
        return installed(Space.unique(prefix), installation -> installation.install(values, settings));
    }

    /** @param data of a Secret that is there before, which the values name */
    static Installation withSecret(String prefix, String values, String secret, Map<String, String> data) {
        return installed(Space.unique(prefix), installation -> {
            installation.space.secret(secret, data);
            installation.install(values, Map.of());
        });
    }

    /** By commands of docs/kubernetes.md instead of Helm, in the namespace they name. */
    static Installation byCommandsOf(String section) {
        return installed(RELEASE, installation -> Documented.kubectl(section).forEach(installation.shell()::run));
    }

    private static Installation installed(String namespace, Consumer<Installation> install) {
        Installation installation = new Installation(namespace);
        try {
            install.accept(installation);
        } catch (RuntimeException | AssertionError e) {
            String seen = installation.seen();
            installation.close();
            throw new IllegalStateException("not installed; " + seen, e);
        }
        return installation;
    }

    /** Kafka and the store outside. */
    static String outside(int replicas) {
        Outside servers = Outside.servers();
        return """
                kafka: {bootstrapServers: "%s"}
                store: {url: "%s", existingSecret: %s}
                queueManager: {replicas: %d}
                """.formatted(servers.bootstrapServers(), servers.address(servers.newDatabase()), Space.STORE, replicas);
    }

    private void install(String values, Map<String, String> settings) {
        var install = new Helm(CHART)
                .install()
                .withName(RELEASE)
                .withNamespace(namespace())
                .withKubeConfig(kubeConfig())
                .withValuesFile(file(values))
                .waitReady()
                .withTimeout(READY_SECONDS);
        common().forEach(install::set);
        settings.forEach(install::set);
        install.call();
    }

    private static Map<String, Object> common() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image.repository", System.getProperty("image.prefix"));
        values.put("image.tag", System.getProperty("image.tag"));
        values.put("queueManager.persistence.storageClass", "-");
        values.put("embedded.broker.persistence.storageClass", "-");
        values.put("queueManager.secretEnvironment", Space.REFERENCES);
        values.put("workers.files.existingClaim", Space.FILES);
        return values;
    }

    private static Path file(String text) {
        try {
            return Files.writeString(
                    Files.createTempFile(Path.of("target").toAbsolutePath(), "values-", ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To images of another tag; everything else stays. */
    void upgrade(String tag) {
        new Helm(CHART)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(namespace())
                .withKubeConfig(kubeConfig())
                .reuseValues()
                .set("image.tag", tag)
                .waitReady()
                .withTimeout(READY_SECONDS)
                .call();
    }

    /** Throws unless {@code helm test} succeeds. */
    void test() {
        Helm.test(RELEASE)
                .withNamespace(namespace())
                .withKubeConfig(kubeConfig())
                .withTimeout(READY_SECONDS)
                .call();
    }

    /** Names of all pods that ever had a container, as events tell. */
    List<String> startedPods() {
        return client.v1().events().inNamespace(namespace()).withField("reason", "Started").list().getItems().stream()
                .map(event -> event.getInvolvedObject().getName())
                .toList();
    }

    void uninstall() {
        Helm.uninstall(RELEASE)
                .withNamespace(namespace())
                .withKubeConfig(kubeConfig())
                .ignoreNotFound()
                .call();
    }

    private static Path kubeConfig() {
        return Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG")));
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return space.name();
    }

    /** For what docs/kubernetes.md shows. */
    Shell shell() {
        return space.shell();
    }

    /** Mounted at {@code /data} by workers and queue-manager. */
    Path files() {
        return space.files();
    }

    Api api() {
        String token = client.secrets()
                .inNamespace(namespace())
                .withName(RELEASE + "-admin-token")
                .require()
                .getData()
                .get("token");
        return new Api(this::address, new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
    }

    /** The Service's own address where this machine reaches it, otherwise a forwarded port. */
    private synchronized URI address() {
        var service = client.services().inNamespace(namespace()).withName(QUEUE_MANAGER);
        String ip = service.require().getSpec().getClusterIP();
        if (answers(ip)) {
            return URI.create("http://%s:%d".formatted(ip, PORT));
        }
        LocalPortForward open = forward;
        if (open == null || !open.isAlive()) {
            open = service.portForward(PORT);
            forward = open;
        }
        return URI.create("http://127.0.0.1:" + open.getLocalPort());
    }

    private static boolean answers(String ip) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ip, PORT), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The pods that answer the API. */
    List<Pod> queueManagers() {
        return client
                .pods()
                .inNamespace(namespace())
                .withLabel("app.kubernetes.io/name", "queue-manager")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Pods of a vertex that run. */
    List<Pod> running(String queueId, String vertex) {
        return client
                .pods()
                .inNamespace(namespace())
                .withLabel(QUEUE_ID, queueId)
                .withLabel(VERTEX, vertex)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Name of the queue-manager's pod that leads; empty when nobody does. */
    String leader() {
        String holder = client.leases()
                .inNamespace(namespace())
                .withName(QUEUE_MANAGER)
                .require()
                .getSpec()
                .getHolderIdentity();
        return Objects.requireNonNullElse(holder, "").replaceFirst("_.*", "");
    }

    /** Kills a pod without asking it. */
    void kill(String pod) {
        client.pods().inNamespace(namespace()).withName(pod).withGracePeriod(0).delete();
    }

    /** Everything in the namespace that belongs to runs. */
    List<String> leftovers() {
        List<HasMetadata> left = new ArrayList<>();
        left.addAll(client.pods()
                .inNamespace(namespace())
                .withLabel(QUEUE_ID)
                .list()
                .getItems());
        left.addAll(client.batch().v1().jobs().inNamespace(namespace()).list().getItems());
        left.addAll(client.apps()
                .deployments()
                .inNamespace(namespace())
                .withLabel(QUEUE_ID)
                .list()
                .getItems());
        left.addAll(client.secrets()
                .inNamespace(namespace())
                .withLabel(QUEUE_ID)
                .list()
                .getItems());
        return names(left);
    }

    private static List<String> names(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }

    /** What can be said about a test that failed. */
    String seen() {
        StringBuilder text = new StringBuilder();
        for (Pod pod : client.pods().inNamespace(namespace()).list().getItems()) {
            text.append(pod.getMetadata().getName())
                    .append(' ')
                    .append(pod.getStatus().getPhase())
                    .append(' ')
                    .append(pod.getStatus().getContainerStatuses())
                    .append('\n');
        }
        for (Event event : client.v1().events().inNamespace(namespace()).list().getItems()) {
            text.append(event.getReason())
                    .append(' ')
                    .append(event.getMessage())
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            uninstall();
        } finally {
            space.close();
            client.close();
        }
    }
}
