package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code helm upgrade} while rows come, and {@code helm uninstall}. Needs every image under the tag {@code upgrade}, too. */
@OnCluster
class UpgradeST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String TAG = "upgrade";

    @Test
    void shouldShowTheUpgradeThatIsTested() {
        assertThat(Documented.helm("upgrade").settings()).containsOnlyKeys("image.tag");
        assertThat(Documented.helm("upgrade").flags()).containsExactly("--reuse-values");
        assertThat(Documented.helm("uninstall").flags()).isEmpty();
    }

    @Test
    void shouldGoOnThroughAnUpgradeAndLeaveNothingBehind() {
        Target target = Target.create();
        ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
        try (Feed feed = new Feed();
                Installation installation = Installation.of("upgrade", Installation.outside(2))) {
            // given
            Api api = installation.api();
            String queueId = api.start("name: upgraded\nmode: streaming\n" + feed.source() + target.sinks());
            var unused = trickle.scheduleAtFixedRate(() -> feed.release(100), 0, 100, TimeUnit.MILLISECONDS);
            await().atMost(LIMIT).until(() -> target.written() > 0);
            List<String> before = names(installation.running(queueId, "source"));

            // when
            Documented.kubectl("Upgrade").forEach(installation.shell()::run);
            installation.upgrade(TAG);
            long upgraded = feed.released();

            // then
            await().atMost(LIMIT).until(() -> target.written() > upgraded);
            assertThat(names(installation.running(queueId, "source"))).isEqualTo(before);
            assertThat(imagesOfQueueManagers(installation)).isNotEmpty().allMatch(image -> image.endsWith(":" + TAG));
            trickle.shutdownNow();
            await().atMost(LIMIT).until(() -> target.written() >= feed.released());
            target.requireExact(feed.released());

            // when
            Documented.kubectl("Remove").forEach(installation.shell()::run);
            installation.uninstall();

            // then
            await().atMost(LIMIT).untilAsserted(() -> assertThat(left(installation))
                    .containsExactlyInAnyOrder(
                            "PersistentVolumeClaim " + Space.FILES,
                            "Secret " + Space.STORE,
                            "Secret " + Space.REFERENCES,
                            "Secret streamforge-workflow-secrets"));
        } finally {
            trickle.shutdownNow();
        }
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    private static List<String> imagesOfQueueManagers(Installation installation) {
        return installation.queueManagers().stream()
                .map(pod -> pod.getSpec().getContainers().get(0).getImage())
                .toList();
    }

    /** All objects of the namespace that the cluster did not make by itself. */
    private static List<String> left(Installation installation) {
        KubernetesClient client = installation.client();
        String namespace = installation.namespace();
        return Stream.<List<? extends HasMetadata>>of(
                        client.pods().inNamespace(namespace).list().getItems(),
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.batch().v1().jobs().inNamespace(namespace).list().getItems(),
                        client.services().inNamespace(namespace).list().getItems(),
                        client.configMaps().inNamespace(namespace).list().getItems(),
                        client.secrets().inNamespace(namespace).list().getItems(),
                        client.serviceAccounts().inNamespace(namespace).list().getItems(),
                        client.rbac().roles().inNamespace(namespace).list().getItems(),
                        client.rbac()
                                .roleBindings()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.leases().inNamespace(namespace).list().getItems(),
                        client.network()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.persistentVolumeClaims()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .filter(name -> !List.of("ConfigMap kube-root-ca.crt", "ServiceAccount default")
                        .contains(name))
                .toList();
    }
}
