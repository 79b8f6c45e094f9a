package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The overlays of {@code k8s/}, and what else the chart can make, as a real API server takes it. */
@OnCluster
class KustomizeST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int ROWS = 5000;

    private static Installation installation;

    @BeforeAll
    static void install() {
        installation = Installation.byCommandsOf("Without Helm");
    }

    @AfterAll
    static void remove() {
        installation.close();
    }

    @Test
    void shouldRunAWorkflow() {
        try (Feed feed = new Feed()) {
            Target target = Target.create();
            feed.release(ROWS);
            feed.end();

            Api api = installation.api();
            api.completed(
                    api.start("name: first\n" + feed.source() + target.sinks().replace("${secret:postgres}", "plain")),
                    LIMIT);

            target.requireExact(ROWS);
        }
    }

    @Test
    void shouldMakeAnInstallationWithServersOutsideThatTheClusterTakes() {
        String taken = installation
                .shell()
                .run("kubectl apply --server-side --dry-run=server --force-conflicts -k k8s/overlays/external");

        assertThat(taken)
                .contains(
                        "deployment.apps/streamforge-queue-manager",
                        "poddisruptionbudget.policy/streamforge-queue-manager",
                        "networkpolicy.networking.k8s.io/streamforge-queue-manager");
    }

    @Test
    void shouldMakeAnIngressThatTheClusterTakes() throws IOException {
        String chart = new Helm(Path.of("../helm/streamforge").toAbsolutePath())
                .template()
                .withName("other")
                .withNamespace(installation.namespace())
                .withKubeVersion(installation.client().getKubernetesVersion().getGitVersion())
                .set("embedded.enabled", true)
                .set("ingress.enabled", true)
                .set("ingress.host", "streamforge.example")
                .set("ingress.tlsSecret", "certificate")
                .call();
        Files.writeString(installation.shell().directory().resolve("other.yaml"), chart);

        String taken = installation.shell().run("kubectl apply -n streamforge --dry-run=server -f other.yaml");

        assertThat(taken)
                .contains(
                        "ingress.networking.k8s.io/other-streamforge",
                        "networkpolicy.networking.k8s.io/other-streamforge");
    }
}
