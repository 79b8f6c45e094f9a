package io.streamforge.queue.launch.kubernetes;

import static io.streamforge.queue.launch.kubernetes.TestRequests.QUEUE_ID;
import static io.streamforge.queue.launch.kubernetes.TestRequests.patient;
import static io.streamforge.queue.launch.kubernetes.TestRequests.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.streamforge.model.Placement;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Consumers;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import io.streamforge.queue.run.TaskState;
import io.streamforge.queue.testing.MemoryApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher tells an API server and takes from it, without a cluster behind; {@link KubernetesLauncherST} has one. */
class KubernetesLauncherIT {

    private static final String NAMESPACE = "shop";
    private static final LaunchRequest SOURCE = patient("source", Workload.BOUNDED);

    @TempDir
    Path directory;

    private KubernetesMockServer server;
    private KubernetesClient client;
    private KubernetesLauncher launcher;

    @BeforeEach
    void begin() {
        server = MemoryApiServer.start();
        server.expectCustomResource(new CustomResourceDefinitionContext.Builder()
                .withGroup("keda.sh")
                .withVersion("v1alpha1")
                .withKind(Manifests.SCALED_OBJECT)
                .withPlural("scaledobjects")
                .withScope("Namespaced")
                .build());
        client = server.createClient();
        launcher = launcher();
        await().ignoreException(LaunchException.class)
                .until(() -> launcher.list().isEmpty());
    }

    private KubernetesLauncher launcher() {
        return TestRequests.launcher(client, NAMESPACE, "any:1", Keda.Use.ALWAYS, directory);
    }

    @AfterEach
    void end() {
        launcher.close();
        client.close();
        server.destroy();
    }

    private List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    /** The pod that a Job's controller would have made. */
    private void pod(PodStatus status) {
        Job job = await().until(() -> jobs(), made -> made.size() == 1).get(0);
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(job.getMetadata().getName() + "-x7x7x")
                        .withNamespace(NAMESPACE)
                        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                        .withAnnotations(
                                job.getSpec().getTemplate().getMetadata().getAnnotations())
                        .withCreationTimestamp("2026-03-01T10:00:00Z")
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .withStatus(status)
                        .build())
                .create();
    }

    @Test
    void shouldMakeAJobAndItsSecretOnce() {
        // when
        launcher.launch(SOURCE);
        launcher.launch(SOURCE);

        // then
        assertThat(jobs()).hasSize(1);
        var secret =
                client.secrets().inNamespace(NAMESPACE).withName(SOURCE.name()).get();
        assertThat(secret.getMetadata().getOwnerReferences())
                .extracting(owner -> owner.getUid())
                .containsExactly(jobs().get(0).getMetadata().getUid());
        assertThat(launcher.list()).singleElement().satisfies(task -> {
            assertThat(task.queueId()).isEqualTo(QUEUE_ID);
            assertThat(task.vertex()).isEqualTo("source");
            assertThat(task.state()).isInstanceOf(TaskState.Running.class);
        });
    }

    @Test
    void shouldFindWhatAnEarlierProcessLaunched() {
        // given
        launcher.launch(SOURCE);
        launcher.close();

        // when
        launcher = launcher();

        // then
        await().ignoreException(LaunchException.class)
                .until(() -> launcher.list().size() == 1);
        launcher.launch(SOURCE);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldPassOnWhatThePodWaitsFor() {
        launcher.launch(SOURCE);

        pod(new PodStatusBuilder()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withName("worker")
                .withNewState()
                .withNewWaiting()
                .withReason("ImagePullBackOff")
                .endWaiting()
                .endState()
                .endContainerStatus()
                .build());

        await().until(() -> state(launcher, SOURCE.name()), found -> found.filter(
                        state -> state instanceof TaskState.Waiting waiting
                                && waiting.reason().code().equals("IMAGE-PULL"))
                .isPresent());
    }

    @Test
    void shouldHurryWhenAWorkerEnds() {
        // given
        AtomicInteger hurried = new AtomicInteger();
        launcher.onExit(hurried::incrementAndGet);
        launcher.launch(SOURCE);
        await().until(() -> state(launcher, SOURCE.name()).isPresent());

        // when
        pod(failed());

        // then
        await().until(() -> hurried.get() > 0);
        assertThat(state(launcher, SOURCE.name())).containsInstanceOf(TaskState.Exited.class);
    }

    private static PodStatus failed() {
        return new PodStatusBuilder()
                .withPhase("Failed")
                .addNewContainerStatus()
                .withName("worker")
                .withNewState()
                .withNewTerminated()
                .withExitCode(2)
                .withFinishedAt("2026-03-01T10:00:05Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .build();
    }

    @Test
    void shouldKeepTheLogOfAWorkerThatIsRemovedAsSoonAsItHasEnded() {
        // given
        launcher.launch(SOURCE);
        pod(failed());
        await().until(() -> state(launcher, SOURCE.name())
                .filter(TaskState.Exited.class::isInstance)
                .isPresent());

        // when
        launcher.remove(SOURCE.name(), Duration.ZERO);

        // then
        assertThat(launcher.logs(QUEUE_ID)).singleElement().satisfies(name -> assertThat(
                        launcher.log(QUEUE_ID, name, 0, 1000).text())
                .isEqualTo(MemoryApiServer.SAID));
    }

    @Test
    void shouldRemoveTheWorkloadAndBeSilentAboutWhatIsNotThere() {
        launcher.launch(SOURCE);

        launcher.remove(SOURCE.name(), Duration.ZERO);
        launcher.remove("never-launched", Duration.ZERO);

        assertThat(jobs()).isEmpty();
        await().until(() -> launcher.list().isEmpty());
    }

    @Test
    void shouldScaleConsumersAndHoldThem() {
        // given
        Consumers consumers = new Consumers("data", "sink", 0, 3, 100, Duration.ofSeconds(30));
        LaunchRequest sink = patient("sink", new Workload(false, null, Placement.ANYWHERE, consumers));
        launcher.launch(sink);

        // when
        launcher.hold(sink.name(), true);

        // then
        assertThat(scaler(sink).getMetadata().getAnnotations()).containsEntry("autoscaling.keda.sh/paused", "true");
        launcher.hold(sink.name(), false);
        assertThat(scaler(sink).getMetadata().getAnnotations()).doesNotContainKey("autoscaling.keda.sh/paused");
        launcher.hold("never-launched", true);
    }

    private GenericKubernetesResource scaler(LaunchRequest request) {
        return client.genericKubernetesResources(Manifests.KEDA_VERSION, Manifests.SCALED_OBJECT)
                .inNamespace(NAMESPACE)
                .withName(request.name())
                .get();
    }

    @Test
    void shouldStartNothingBeforeItHasSeenWhatThereIs() {
        Config nowhere = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();

        try (KubernetesClient away =
                        new KubernetesClientBuilder().withConfig(nowhere).build();
                KubernetesLauncher blind =
                        TestRequests.launcher(away, NAMESPACE, "any:1", Keda.Use.ALWAYS, directory)) {
            LaunchException refused = catchThrowableOfType(LaunchException.class, () -> blind.launch(SOURCE));

            assertThat(refused.error().code()).isEqualTo("CLUSTER-UNSEEN");
        }
    }
}
