package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.launch.LaunchException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks' objects as the cluster has them, kept up to date by watches. While the API server is away it is as it was last; it
 * answers nothing before it has seen everything once.
 */
final class ClusterView implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterView.class);
    private static final String BY_TASK = "task";
    private static final String BY_OBJECT = "object";

    private final SharedIndexInformer<Job> jobs;
    private final SharedIndexInformer<Deployment> deployments;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Event> failures;

    ClusterView(KubernetesClient client, String namespace, String instance) {
        Map<String, String> ours = TaskLabels.selector(instance);
        jobs = client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabels(ours)
                .runnableInformer(0);
        deployments = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withLabels(ours)
                .runnableInformer(0);
        pods = client.pods().inNamespace(namespace).withLabels(ours).runnableInformer(0);
        failures = client.v1()
                .events()
                .inNamespace(namespace)
                .withField("reason", "FailedCreate")
                .runnableInformer(0);
        pods.addIndexers(Map.of(BY_TASK, pod -> List.of(TaskLabels.task(pod))));
        failures.addIndexers(Map.of(BY_OBJECT, event -> List.of(uid(event))));
    }

    /** What has a reason to look again. */
    interface Listener {

        void changed(String task);

        void changed(Pod pod);

        void gone(Pod pod);
    }

    /** Begins to watch; returns at once. */
    void start(Listener listener) {
        jobs.addEventHandler(handler(job -> listener.changed(TaskLabels.task(job))));
        deployments.addEventHandler(handler(deployment -> listener.changed(TaskLabels.task(deployment))));
        pods.addEventHandler(handler(
                pod -> {
                    listener.changed(pod);
                    listener.changed(TaskLabels.task(pod));
                },
                pod -> {
                    listener.gone(pod);
                    listener.changed(TaskLabels.task(pod));
                }));
        failures.addEventHandler(handler(event -> listener.changed(
                Objects.requireNonNullElse(event.getInvolvedObject().getName(), ""))));
        for (SharedIndexInformer<?> informer : all()) {
            informer.exceptionHandler((started, e) -> {
                log.atWarn().addKeyValue("reason", e.getMessage()).log("cluster cannot be watched");
                return true;
            });
            var unused = informer.start();
        }
    }

    private List<SharedIndexInformer<?>> all() {
        return List.of(jobs, deployments, pods, failures);
    }

    /** @throws LaunchException when not everything has been seen yet */
    void requireSeen() {
        if (!all().stream().allMatch(SharedIndexInformer::hasSynced)) {
            throw new LaunchException(
                    new ErrorInfo(
                            "CLUSTER-UNSEEN",
                            Category.CONNECTION,
                            "the cluster has not been seen yet",
                            null,
                            "check the connection to the API server and the rights to list and watch"),
                    null);
        }
    }

    List<HasMetadata> workloads() {
        return Stream.<HasMetadata>concat(jobs.getStore().list().stream(), deployments.getStore().list().stream())
                .filter(workload -> workload.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    Optional<HasMetadata> workload(String task) {
        return workloads().stream()
                .filter(workload -> TaskLabels.task(workload).equals(task))
                .findFirst();
    }

    /** Pods of a task, the oldest first. */
    List<Pod> pods(String task) {
        List<Pod> found = new ArrayList<>(pods.getIndexer().byIndex(BY_TASK, task));
        found.sort(Comparator.comparing(PodStates::created)
                .thenComparing(pod -> pod.getMetadata().getName()));
        return found;
    }

    List<Pod> pods() {
        return pods.getStore().list();
    }

    /** Events that say why pods of the workload could not be made, the newest last. */
    List<Event> failures(HasMetadata workload) {
        return failures.getIndexer().byIndex(BY_OBJECT, workload.getMetadata().getUid()).stream()
                .sorted(Comparator.comparing(event -> String.valueOf(event.getLastTimestamp())))
                .toList();
    }

    private static String uid(Event event) {
        return Objects.requireNonNullElse(event.getInvolvedObject().getUid(), "");
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> changed) {
        return handler(changed, changed);
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> changed, Consumer<T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                changed.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                changed.accept(after);
            }

            @Override
            public void onDelete(T object, boolean unseen) {
                gone.accept(object);
            }
        };
    }

    @Override
    public void close() {
        all().forEach(SharedIndexInformer::close);
    }
}
