package io.streamforge.queue.launch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.run.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadStatesTest {

    private static final String AT = "2026-03-01T10:00:00Z";
    private static final Job JOB = Serialization.unmarshal(
            "---\n{kind: Job, apiVersion: batch/v1, metadata: {name: t, creationTimestamp: '" + AT + "'}}", Job.class);

    @Test
    void shouldRunFromTheBeginningUntilThePodHasEnded() {
        assertThat(state(JOB)).isInstanceOf(TaskState.Running.class);
        assertThat(state(JOB, pod("phase: Pending"))).isInstanceOf(TaskState.Running.class);
        assertThat(state(JOB, worker("state: {waiting: {reason: ContainerCreating}}")))
                .isInstanceOf(TaskState.Running.class);
        assertThat(state(JOB, worker("state: {running: {startedAt: '" + AT + "'}}")))
                .isInstanceOf(TaskState.Running.class);
        assertThat(state(JOB, worker("state: {terminated: {exitCode: 0}}")))
                .isEqualTo(new TaskState.Exited(0, "ended", Instant.parse(AT)));
    }

    @ParameterizedTest
    @CsvSource({"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"})
    void shouldSayThatTheImageCannotBeHad(String reason) {
        ErrorInfo error = waiting(worker("state: {waiting: {reason: " + reason + ", message: not found}}"));

        assertThat(error.code()).isEqualTo("IMAGE-PULL");
        assertThat(error.message()).isEqualTo("image loader:1 cannot be had: " + reason + ": not found");
        assertThat(error.suggestion()).contains("streamforge.workers.images");
    }

    @Test
    void shouldSayThatNoNodeTakesThePod() {
        ErrorInfo error = waiting(pod("conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                + " message: 0/1 nodes are available}]"));

        assertThat(error.code()).isEqualTo("UNSCHEDULABLE");
        assertThat(error.message()).contains("0/1 nodes are available");
    }

    @Test
    void shouldSayThatTheWorkerUsedTooMuchMemory() {
        TaskState.Exited exited = exited(worker("state: {terminated: {exitCode: 137, reason: OOMKilled}}"));

        assertThat(exited.code()).isEqualTo(137);
        assertThat(error(exited).code()).isEqualTo("OUT-OF-MEMORY");
        assertThat(error(exited).message()).contains("limit of 64Mi");
        assertThat(error(exited).suggestion()).isEqualTo("raise resources.memory");
    }

    @Test
    void shouldTellARefusedConfigurationFromAnEviction() {
        ErrorInfo refused =
                error(exited(worker("state: {terminated: {exitCode: 2, message: \"first\\nno such option\\n\"}}")));
        ErrorInfo evicted = error(exited(Serialization.unmarshal(
                "---\n{kind: Pod, apiVersion: v1, metadata: {name: p, creationTimestamp: '" + AT
                        + "', deletionTimestamp: '"
                        + AT
                        + "'}, status: {conditions: [{type: DisruptionTarget, status: 'True', reason:"
                        + " EvictionByEvictionAPI, message: node is drained}]}}",
                Pod.class)));

        assertThat(refused.code()).isEqualTo("WORKER-REFUSED");
        assertThat(refused.category()).isEqualTo(Category.FATAL);
        assertThat(refused.message()).endsWith(": no such option");
        assertThat(evicted.code()).isEqualTo("POD-EVICTED");
        assertThat(evicted.category()).isEqualTo(Category.TRANSIENT);
        assertThat(evicted.message()).contains("node is drained");
    }

    @Test
    void shouldCountAWorkerThatWasStartedAgainAsEnded() {
        TaskState.Exited exited = exited(
                worker("restartCount: 1, state: {running: {}}, lastState: {terminated: {exitCode: 1, message: boom}}"));

        assertThat(exited.code()).isEqualTo(1);
        assertThat(exited.reason()).isEqualTo("failed: boom");
    }

    @Test
    void shouldKnowTheAttemptIsOverThoughTheJobHasMadeAnotherPod() {
        Pod evicted = pod("phase: Failed, reason: Evicted, message: low on memory");
        Pod next = worker("state: {running: {}}");
        next.getMetadata().setCreationTimestamp("2026-03-01T10:00:09Z");

        assertThat(error((TaskState.Exited) state(JOB, next, evicted)).code()).isEqualTo("POD-EVICTED");
    }

    @Test
    void shouldSayWhyPodsAreNotMade() {
        ErrorInfo quota =
                waiting(List.of(failed("pods \"t-x\" is forbidden: exceeded quota: small, requested: pods=1")));
        ErrorInfo forbidden = waiting(List.of(failed("pods \"t-x\" is forbidden: violates PodSecurity")));

        assertThat(quota.code()).isEqualTo("QUOTA-EXCEEDED");
        assertThat(quota.category()).isEqualTo(Category.TRANSIENT);
        assertThat(forbidden.code()).isEqualTo("FORBIDDEN");
        assertThat(forbidden.category()).isEqualTo(Category.FATAL);
    }

    @Test
    void shouldKnowAJobWhosePodIsGone() {
        assertThat(error(exited(job("BackoffLimitExceeded"))).code()).isEqualTo("POD-GONE");
        assertThat(error(exited(job("DeadlineExceeded"))).code()).isEqualTo("DEADLINE");
    }

    @Test
    void shouldFindNothingWrongWithConsumersThatAreNotNeeded() {
        assertThat(state(consumers(0))).isInstanceOf(TaskState.Running.class);
    }

    @Test
    void shouldBeInTroubleOnlyWhenNoConsumerWorks() {
        Pod stuck = worker("state: {waiting: {reason: ErrImagePull}}");
        Pod works = pod("conditions: [{type: Ready, status: 'True'}]");
        Pod crashed = worker("restartCount: 1, state: {running: {}}, lastState: {terminated: {exitCode: 1}}");
        Pod crashes = worker(
                "restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1}}");

        assertThat(state(consumers(2), stuck, works)).isInstanceOf(TaskState.Running.class);
        assertThat(state(consumers(1), stuck)).isInstanceOf(TaskState.Waiting.class);
        assertThat(state(consumers(1), crashed)).isInstanceOf(TaskState.Running.class);
        assertThat(state(consumers(1), crashes)).isInstanceOf(TaskState.Exited.class);
    }

    private static TaskState state(HasMetadata workload, Pod... pods) {
        return WorkloadStates.of(workload, List.of(pods), List.of());
    }

    private static ErrorInfo waiting(Pod pod) {
        return ((TaskState.Waiting) state(JOB, pod)).reason();
    }

    private static ErrorInfo waiting(List<Event> failures) {
        return ((TaskState.Waiting) WorkloadStates.of(JOB, List.of(), failures)).reason();
    }

    private static TaskState.Exited exited(Pod pod) {
        return (TaskState.Exited) state(JOB, pod);
    }

    private static TaskState.Exited exited(Job job) {
        return (TaskState.Exited) state(job);
    }

    private static ErrorInfo error(TaskState.Exited exited) {
        return Objects.requireNonNull(exited.error());
    }

    private static Job job(String reason) {
        return Serialization.unmarshal(
                "---\n{kind: Job, apiVersion: batch/v1, metadata: {name: t, creationTimestamp: '" + AT
                        + "'}, status: {conditions: [{type: Failed, status: 'True', reason: " + reason + "}]}}",
                Job.class);
    }

    private static Deployment consumers(int replicas) {
        return Serialization.unmarshal(
                "---\n{kind: Deployment, apiVersion: apps/v1, metadata: {name: t, creationTimestamp: '" + AT
                        + "'}, spec: {replicas: " + replicas + ", strategy: {type: RollingUpdate}}}",
                Deployment.class);
    }

    private static Event failed(String message) {
        return new EventBuilder()
                .withReason("FailedCreate")
                .withMessage(message)
                .build();
    }

    private static Pod worker(String status) {
        return pod("containerStatuses: [{name: worker, " + status + "}]");
    }

    private static Pod pod(String status) {
        return Serialization.unmarshal(
                "---\n{kind: Pod, apiVersion: v1, metadata: {name: p, creationTimestamp: '" + AT
                        + "'}, spec: {containers: [{name: worker, image: 'loader:1', resources: {limits: {memory:"
                        + " 64Mi}}}]}, status: {" + status + "}}",
                Pod.class);
    }
}
