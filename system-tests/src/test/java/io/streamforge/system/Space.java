package io.streamforge.system;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A namespace that enforces the restricted pod security standard, with volumes of this machine for the claims of a release, and the Secrets a user
 * brings. Closing it removes all of it.
 */
final class Space implements AutoCloseable {

    static final String FILES = "files";
    static final String STORE = "store";
    static final String REFERENCES = "references";

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration GONE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final String name;
    private final Shell shell;
    private final Path files = directory();
    private final List<String> volumes = new ArrayList<>();

    /** Made as docs/kubernetes.md shows it. */
    Space(KubernetesClient client, String name, String release) {
        this.client = client;
        this.name = name;
        shell = Shell.in(name);
        Documented.kubectl("Install").forEach(shell::run);
        volume(FILES, files, "ReadWriteMany", FILES);
        volume("data", directory(), "ReadWriteOnce", release + "-queue-manager");
        volume("broker", directory(), "ReadWriteOnce", "data-" + release + "-broker-0");
        claim();
        secret(STORE, Map.of("username", "postgres", "password", "postgres"));
        secret(REFERENCES, Map.of("STREAMFORGE_SECRET_POSTGRES", "postgres"));
    }

    /** A name that no other space has. */
    static String unique(String prefix) {
        return prefix + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    String name() {
        return name;
    }

    Shell shell() {
        return shell;
    }

    /** What the claim {@link #FILES} holds. */
    Path files() {
        return files;
    }

    private void volume(String volume, Path path, String mode, String claim) {
        String unique = name + "-" + volume;
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(unique)
                        .endMetadata()
                        .withNewSpec()
                        .addToCapacity("storage", new Quantity("8Gi"))
                        .withAccessModes(mode)
                        .withStorageClassName("")
                        .withNewHostPath()
                        .withPath(path.toString())
                        .endHostPath()
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewClaimRef()
                        .withNamespace(name)
                        .withName(claim)
                        .endClaimRef()
                        .endSpec()
                        .build())
                .create();
        volumes.add(unique);
    }

    /** Awaited, for a scheduler may look at a pod whose claim is bound a moment later only after minutes again. */
    private void claim() {
        client.resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName(FILES)
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName("")
                        .withVolumeName(name + "-" + FILES)
                        .withAccessModes("ReadWriteMany")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        var claim = client.persistentVolumeClaims().inNamespace(name).withName(FILES);
        await("volume of claim " + FILES)
                .atMost(BOUND)
                .until(() -> claim.require().getStatus().getPhase().equals("Bound"));
    }

    void secret(String secret, Map<String, String> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName(secret)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .create();
    }

    /** That every user may write to, for the pods' user is not this machine's. */
    private static Path directory() {
        try {
            Path target = Files.createDirectories(Path.of("target/volumes").toAbsolutePath());
            return Files.setPosixFilePermissions(
                    Files.createTempDirectory(target, "volume-"), PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.namespaces().withName(name).delete();
        volumes.forEach(volume -> client.persistentVolumes().withName(volume).delete());
        await("end of namespace " + name)
                .atMost(GONE)
                .until(() -> client.namespaces().withName(name).get() == null);
    }
}
