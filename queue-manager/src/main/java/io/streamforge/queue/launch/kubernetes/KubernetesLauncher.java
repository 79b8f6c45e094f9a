package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.LogChunk;
import io.streamforge.queue.launch.TaskLogs;
import io.streamforge.queue.run.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a pod per task, by a Job or a Deployment. What is told to the cluster is applied by its server under a field manager of our
 * own, what is there is watched: nothing is remembered here that the cluster does not know, except what it has not shown yet.
 */
public final class KubernetesLauncher implements Launcher {

    private static final Logger log = LoggerFactory.getLogger(KubernetesLauncher.class);
    private static final String FIELD_MANAGER = "streamforge-queue-manager";
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(10);
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final Manifests manifests;
    private final ClusterView view;
    private final Keda keda;
    private final TaskLogs files;
    private final PodLogs logs;
    private final Clock clock;
    private final Map<String, Fresh> fresh = new ConcurrentHashMap<>();
    private final Map<String, Class<?>> known = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private boolean watching;

    /** A workload that was made a moment ago. */
    private record Fresh(HasMetadata workload, Instant at) {}

    /**
     * @param directory where logs are kept: {@code runs/<queue_id>/}
     * @throws LaunchException when the directory cannot be used
     */
    public KubernetesLauncher(KubernetesClient client, PodSettings settings, Keda keda, Path directory, Clock clock) {
        this.client = client;
        this.namespace = settings.namespace();
        this.manifests = new Manifests(settings);
        this.view = new ClusterView(client, namespace, settings.instance());
        this.keda = keda;
        this.clock = clock;
        try {
            files = new TaskLogs(directory.resolve("runs"));
        } catch (IOException e) {
            throw new LaunchException("cannot use the data directory " + directory, e);
        }
        logs = new PodLogs(client, files);
    }

    @Override
    public void launch(LaunchRequest request) {
        watch();
        view.requireSeen();
        boolean scaled = request.workload().consumers() != null && keda.present();
        try {
            HasMetadata workload = find(request.name()).orElseGet(() -> make(request, scaled));
            manifests.dependents(request, workload, scaled).forEach(this::apply);
        } catch (KubernetesClientException e) {
            throw Refusals.of("cannot start " + request.name(), e);
        }
    }

    private HasMetadata make(LaunchRequest request, boolean scaled) {
        HasMetadata made = apply(manifests.workload(request, scaled));
        fresh.put(request.name(), new Fresh(made, clock.instant()));
        if (request.workload().consumers() != null && !scaled) {
            log.atWarn()
                    .addKeyValue("queue_id", request.queueId())
                    .addKeyValue("task", request.name())
                    .log("consumers are not scaled: there is no KEDA, or it is not to be used");
        }
        log.atInfo()
                .addKeyValue("queue_id", request.queueId())
                .addKeyValue("task", request.name())
                .addKeyValue("kind", made.getKind())
                .log("workload made");
        return made;
    }

    private HasMetadata apply(HasMetadata object) {
        return client.resource(object)
                .inNamespace(namespace)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    private Optional<HasMetadata> find(String task) {
        return view.workload(task).or(() -> Optional.ofNullable(fresh.get(task)).map(Fresh::workload));
    }

    @Override
    public void remove(String name, Duration grace) {
        watch();
        Optional<HasMetadata> workload = find(name);
        if (workload.isEmpty()) {
            return;
        }
        List<Pod> pods = view.pods(name);
        try {
            pods.stream()
                    .filter(pod -> PodStates.of(pod) instanceof TaskState.Exited)
                    .forEach(pod -> logs.complete(pod, LAST_LINES));
            client.resource(workload.get())
                    .inNamespace(namespace)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
            for (Pod pod : pods) {
                if (PodStates.of(pod) instanceof TaskState.Running) {
                    client.pods()
                            .inNamespace(namespace)
                            .withName(pod.getMetadata().getName())
                            .withGracePeriod(grace.toSeconds())
                            .delete();
                }
            }
            fresh.remove(name);
        } catch (KubernetesClientException e) {
            throw Refusals.of("cannot remove " + name, e);
        }
    }

    @Override
    public void hold(String name, boolean held) {
        if (!keda.present()) {
            return;
        }
        try {
            var scaler = client.genericKubernetesResources(Manifests.KEDA_VERSION, Manifests.SCALED_OBJECT)
                    .inNamespace(namespace)
                    .withName(name);
            if (scaler.get() != null) {
                scaler.patch(PatchContext.of(PatchType.JSON_MERGE), Manifests.hold(held));
            }
        } catch (KubernetesClientException e) {
            throw Refusals.of("cannot hold " + name, e);
        }
    }

    @Override
    public List<LaunchedTask> list() {
        watch();
        view.requireSeen();
        Map<String, HasMetadata> workloads = new ConcurrentHashMap<>();
        fresh.values()
                .removeIf(made ->
                        shown(made) || made.at().isBefore(clock.instant().minus(UNTIL_SHOWN)));
        fresh.forEach((name, made) -> workloads.put(name, made.workload()));
        view.workloads().forEach(workload -> workloads.put(TaskLabels.task(workload), workload));
        List<LaunchedTask> tasks = new ArrayList<>();
        workloads.values().forEach(workload -> TaskLabels.identity(workload)
                .map(identity -> new LaunchedTask(
                        identity.name(),
                        identity.queueId(),
                        identity.vertex(),
                        identity.attempt(),
                        state(identity.name(), workload)))
                .ifPresent(tasks::add));
        return tasks;
    }

    private boolean shown(Fresh made) {
        return view.workload(TaskLabels.task(made.workload())).isPresent();
    }

    private TaskState state(String task, HasMetadata workload) {
        return WorkloadStates.of(workload, view.pods(task), view.failures(workload));
    }

    private synchronized void watch() {
        if (watching) {
            return;
        }
        watching = true;
        view.start(new ClusterView.Listener() {
            @Override
            public void changed(String task) {
                noticed(task);
            }

            @Override
            public void changed(Pod pod) {
                logs.follow(pod);
            }

            @Override
            public void gone(Pod pod) {
                logs.forget(pod);
            }
        });
    }

    /** Tells those who listen when a task has got into another kind of state. */
    private void noticed(String task) {
        Class<?> now = view.workload(task)
                .<Class<?>>map(workload -> state(task, workload).getClass())
                .orElse(Void.class);
        Class<?> before = now == Void.class ? known.remove(task) : known.put(task, now);
        if (before != now && before != null && now != TaskState.Running.class) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public List<String> logs(String queueId) {
        watch();
        Set<String> names = new LinkedHashSet<>(files.names(queueId));
        view.pods().stream()
                .filter(pod -> TaskLabels.identity(pod)
                        .filter(identity -> identity.queueId().equals(queueId))
                        .isPresent())
                .map(PodLogs::name)
                .forEach(names::add);
        return List.copyOf(names);
    }

    @Override
    public LogChunk log(String queueId, String name, long offset, int maxBytes) {
        return files.read(queueId, name, offset, maxBytes);
    }

    @Override
    public void forgetLogs(String queueId) {
        files.forget(queueId);
    }

    @Override
    public void onExit(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        view.close();
        logs.close();
    }
}
