package io.streamforge.queue.launch.kubernetes;

import static io.streamforge.queue.launch.kubernetes.TestCluster.await15s;
import static io.streamforge.queue.launch.kubernetes.TestRequests.QUEUE_ID;
import static io.streamforge.queue.launch.kubernetes.TestRequests.patient;
import static io.streamforge.queue.launch.kubernetes.TestRequests.refusing;
import static io.streamforge.queue.launch.kubernetes.TestRequests.request;
import static io.streamforge.queue.launch.kubernetes.TestRequests.state;
import static io.streamforge.queue.launch.kubernetes.TestRequests.wanting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.model.Placement;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Consumers;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import io.streamforge.queue.launch.LogChunk;
import io.streamforge.queue.run.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Workers as pods of a real cluster, in a namespace that enforces the restricted pod security standard. */
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "there is no cluster: KUBECONFIG is not set")
class KubernetesLauncherST {

    private static final Duration SOON = Duration.ofSeconds(40);

    private static TestCluster cluster;

    @TempDir
    Path directory;

    private KubernetesLauncher launcher;

    @BeforeAll
    static void begin() {
        cluster = new TestCluster(Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void launcher() {
        launcher = cluster.launcher(directory);
        await().atMost(SOON).ignoreException(LaunchException.class).until(() -> launcher.list()
                .isEmpty());
    }

    @AfterEach
    void removeAll() {
        launcher.list().forEach(task -> launcher.remove(task.name(), Duration.ZERO));
        await().atMost(SOON).until(() -> launcher.list().isEmpty() && pods().isEmpty());
        launcher.close();
    }

    private static List<Pod> pods() {
        return cluster.client.pods().inNamespace(cluster.namespace).list().getItems();
    }

    private Pod running() {
        return await().atMost(SOON)
                .until(
                        () -> pods().stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static ErrorInfo error(TaskState.Exited exited) {
        return Objects.requireNonNull(exited.error(), exited.reason());
    }

    @Test
    void shouldStartAWorkerOnceUnderTheRestrictedStandardAndRemoveAllOfIt() {
        // given
        LaunchRequest request = patient("source", Workload.BOUNDED);

        // when
        launcher.launch(request);
        launcher.launch(request);
        Pod pod = running();

        // then
        assertThat(launcher.list()).singleElement().satisfies(task -> {
            assertThat(task.name()).isEqualTo(request.name());
            assertThat(task.queueId()).isEqualTo(QUEUE_ID);
            assertThat(task.state()).isInstanceOf(TaskState.Running.class);
        });
        assertThat(pods()).hasSize(1);
        assertThat(pod.getSpec().getVolumes()).noneMatch(volume -> volume.getProjected() != null);
        launcher.remove(request.name(), Duration.ofSeconds(5));
        await().atMost(SOON)
                .until(() -> pods().isEmpty()
                        && launcher.list().isEmpty()
                        && cluster.client
                                .secrets()
                                .inNamespace(cluster.namespace)
                                .list()
                                .getItems()
                                .isEmpty()
                        && cluster.client
                                .batch()
                                .v1()
                                .jobs()
                                .inNamespace(cluster.namespace)
                                .list()
                                .getItems()
                                .isEmpty());
    }

    @Test
    void shouldBeSeenByTheNextProcessAndKeepTheLogOfAPodThatIsGone() {
        // given
        LaunchRequest request = patient("source", Workload.BOUNDED);
        launcher.launch(request);
        running();
        launcher.close();

        // when
        launcher = cluster.launcher(directory);
        await().atMost(SOON)
                .ignoreException(LaunchException.class)
                .until(() -> launcher.list().size() == 1);
        await().atMost(SOON).until(() -> log().contains("127.0.0.1"));
        launcher.remove(request.name(), Duration.ZERO);
        await().atMost(SOON).until(() -> pods().isEmpty());

        // then
        assertThat(log()).contains("127.0.0.1");
        launcher.forgetLogs(QUEUE_ID);
        assertThat(launcher.logs(QUEUE_ID)).isEmpty();
    }

    private String log() {
        return launcher.logs(QUEUE_ID).stream()
                .map(name -> launcher.log(QUEUE_ID, name, 0, 1 << 20))
                .map(LogChunk::text)
                .reduce("", String::concat);
    }

    @Test
    void shouldSayThatTheImageCannotBePulled() {
        launcher.close();
        launcher = cluster.launcher(directory, cluster.client, "registry.invalid/streamforge/loader-producer:1");
        await().atMost(SOON).ignoreException(LaunchException.class).until(() -> launcher.list()
                .isEmpty());

        launcher.launch(patient("source", Workload.BOUNDED));

        TaskState.Waiting waiting = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Waiting.class);
        assertThat(waiting.reason().code()).isEqualTo("IMAGE-PULL");
        assertThat(waiting.reason().message()).contains("registry.invalid/streamforge/loader-producer:1");
    }

    @Test
    void shouldSayThatNoNodeTakesThePod() {
        launcher.launch(patient("source", wanting("500", Placement.ANYWHERE)));

        TaskState.Waiting waiting = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Waiting.class);
        assertThat(waiting.reason().code()).isEqualTo("UNSCHEDULABLE");
        assertThat(waiting.reason().message()).contains("Insufficient cpu");
    }

    @Test
    void shouldSayThatTheQuotaIsExceededAndStartOnceThereIsRoom() {
        // given
        var quota = cluster.client
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("small")
                        .withNamespace(cluster.namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        await().atMost(SOON).until(() -> {
            var status = cluster.client.resource(quota).get().getStatus();
            return status != null && status.getHard() != null;
        });

        // when
        launcher.launch(patient("source", Workload.BOUNDED));
        TaskState.Waiting waiting = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Waiting.class);
        cluster.client.resource(quota).delete();

        // then
        assertThat(waiting.reason().code()).isEqualTo("QUOTA-EXCEEDED");
        await().atMost(SOON).until(() -> state(launcher, QUEUE_ID + "-source-1")
                .filter(TaskState.Running.class::isInstance)
                .isPresent());
    }

    @Test
    void shouldSayThatItIsForbidden() {
        // given
        cluster.client
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(cluster.namespace)
                        .endMetadata()
                        .build())
                .create();
        cluster.client
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(cluster.namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                        .addNewSubject("", "ServiceAccount", "reader", cluster.namespace)
                        .build())
                .create();

        // when
        try (KubernetesClient reader = cluster.as("reader");
                KubernetesLauncher powerless = cluster.launcher(directory, reader, "any:1")) {
            await().atMost(SOON)
                    .ignoreException(LaunchException.class)
                    .until(() -> powerless.list().isEmpty());
            LaunchException refused = catchThrowableOfType(
                    LaunchException.class, () -> powerless.launch(patient("source", Workload.BOUNDED)));

            // then
            assertThat(refused.error().code()).isEqualTo("FORBIDDEN");
            assertThat(refused.error().message()).contains("cannot patch resource \"jobs\"");
        }
    }

    @Test
    void shouldSayThatTheWorkerRanOutOfMemory() {
        launcher.launch(request("source", "queue-control/0/0", 24L << 20, Workload.BOUNDED));

        TaskState.Exited exited = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Exited.class);
        assertThat(error(exited).code()).isEqualTo("OUT-OF-MEMORY");
    }

    @Test
    void shouldSayThatTheWorkerRefusedItsConfiguration() {
        launcher.launch(refusing("source"));

        TaskState.Exited exited = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Exited.class);
        assertThat(exited.code()).isEqualTo(2);
        assertThat(error(exited).code()).isEqualTo("WORKER-REFUSED");
        await().atMost(SOON).until(() -> log().contains("nonsense"));
    }

    @Test
    void shouldEndAWorkerThatTakesLongerThanItsDeadline() {
        Placement placement = new Placement(
                Placement.Scale.DEFAULT, Duration.ofSeconds(3), Map.of(), Map.of(), List.of(), List.of(), List.of());

        launcher.launch(patient("source", wanting(null, placement)));

        await15s(launcher, QUEUE_ID + "-source-1", TaskState.Exited.class);
    }

    @Test
    void shouldNoticeAPodThatWasDeletedByHand() {
        launcher.launch(patient("source", Workload.BOUNDED));
        Pod pod = running();

        cluster.client.resource(pod).withGracePeriod(0).delete();

        TaskState.Exited exited = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Exited.class);
        assertThat(error(exited).code()).isIn("POD-DELETED", "POD-GONE");
    }

    @Test
    void shouldNoticeAPodThatWasEvicted() {
        launcher.launch(patient("source", Workload.BOUNDED));
        Pod pod = running();

        cluster.client
                .pods()
                .inNamespace(cluster.namespace)
                .withName(pod.getMetadata().getName())
                .evict(new EvictionBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName())
                        .withNamespace(cluster.namespace)
                        .endMetadata()
                        .build());

        TaskState.Exited exited = await15s(launcher, QUEUE_ID + "-source-1", TaskState.Exited.class);
        assertThat(error(exited).code()).isEqualTo("POD-EVICTED");
    }

    @Test
    void shouldNoticeAJobThatWasDeletedByHand() {
        launcher.launch(patient("source", Workload.BOUNDED));
        running();

        cluster.client.batch().v1().jobs().inNamespace(cluster.namespace).delete();

        await().atMost(SOON).until(() -> launcher.list().isEmpty());
    }

    @Test
    void shouldRunAnUnboundedWorkerAsADeploymentAndEndItsAttemptWithItsPod() {
        // given
        LaunchRequest request = patient("source", new Workload(false, null, Placement.ANYWHERE, null));
        launcher.launch(request);
        Pod pod = running();

        // when
        cluster.client.resource(pod).delete();

        // then
        await15s(launcher, request.name(), TaskState.Exited.class);
        assertThat(cluster.client
                        .apps()
                        .deployments()
                        .inNamespace(cluster.namespace)
                        .list()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void shouldLetKedaScaleConsumersWhereItIsThere() {
        assumeThat(cluster.client.supports(Manifests.KEDA_VERSION, Manifests.SCALED_OBJECT))
                .as("the cluster has KEDA")
                .isTrue();
        LaunchRequest request = patient(
                "sink",
                new Workload(
                        false,
                        null,
                        Placement.ANYWHERE,
                        new Consumers("data", "sink", 0, 3, 100, Duration.ofSeconds(30))));

        launcher.launch(request);

        running();
        assertThat(cluster.client
                        .genericKubernetesResources(Manifests.KEDA_VERSION, Manifests.SCALED_OBJECT)
                        .inNamespace(cluster.namespace)
                        .list()
                        .getItems())
                .hasSize(1);
    }
}
