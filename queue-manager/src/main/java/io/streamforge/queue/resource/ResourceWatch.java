package io.streamforge.queue.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.reconcile.WorkQueue;
import io.streamforge.queue.resource.WorkflowController.Parts;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.workflow.RefusedException;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From taking the leadership up to laying it down: an informer tells of changes, a tick of runs that go on, and a thread makes the
 * passes. A pass that fails is made again soon.
 */
final class ResourceWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ResourceWatch.class);
    private static final int TICKS_UNTIL_TRIED_AGAIN = 15;
    private static final long AGAIN_MILLIS = 1000;
    private static final long CLOSE_MILLIS = 2000;

    private final ResourcePass pass;
    private final Parts parts;
    private final WorkQueue queue = new WorkQueue();
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final ScheduledExecutorService timer;
    private final Thread worker;
    private long ticks;

    ResourceWatch(WorkflowResources resources, ResourcePass pass, Parts parts) {
        this.pass = pass;
        this.parts = parts;
        informer = resources.all().runnableInformer(0);
        informer.addEventHandler(new Changes());
        informer.exceptionHandler((started, failure) -> {
            log.atWarn().addKeyValue("reason", failure.getMessage()).log("workflow resources cannot be watched");
            return true;
        });
        timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "workflow-resources-tick"));
        worker = daemon(this::work, "workflow-resources");
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        var unused = informer.start();
        worker.start();
        var unusedToo = timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Resources whose run goes on, also one that was started by the API, and those that something is in the way of. */
    private void tick() {
        Set<String> active = parts.runs().active().stream().map(Run::workflow).collect(Collectors.toSet());
        boolean tryAgain = ++ticks % TICKS_UNTIL_TRIED_AGAIN == 0;
        for (GenericKubernetesResource resource : informer.getStore().list()) {
            WorkflowStatus status = WorkflowResources.status(resource);
            if (goesOn(status)
                    || active.contains(String.valueOf(status.workflow()))
                    || (tryAgain && ResourcePass.refused(status))) {
                queue.add(WorkflowController.key(resource));
            }
        }
    }

    private static boolean goesOn(WorkflowStatus status) {
        String state = status.state();
        return state != null && !state.equals(WorkflowStatus.INVALID) && !RunState.ENDED.contains(state);
    }

    private void work() {
        try {
            for (String key = queue.take(); key != null; key = queue.take()) {
                try {
                    pass(key);
                } finally {
                    queue.done(key);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(String key) {
        @Nullable GenericKubernetesResource resource = informer.getStore().getByKey(key);
        if (resource == null) {
            pass.forget(key);
            return;
        }
        if (!parts.leadership().leads()) {
            return;
        }
        try {
            if (pass.over(resource)) {
                again(key);
            }
        } catch (StoreException
                | StaleWriteException
                | BrokerException
                | RefusedException
                | KubernetesClientException e) {
            log.atInfo()
                    .addKeyValue("workflow", key)
                    .addKeyValue("reason", e.getMessage())
                    .log("tried again soon");
            again(key);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("workflow", key).setCause(e).log("pass over a workflow resource failed");
            again(key);
        }
    }

    private void again(String key) {
        if (!timer.isShutdown()) {
            var unused = timer.schedule(() -> queue.add(key), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        informer.stop();
        timer.shutdownNow();
        queue.close();
        try {
            worker.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            queue.add(WorkflowController.key(resource));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource resource) {
            queue.add(WorkflowController.key(resource));
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean unknown) {
            queue.add(WorkflowController.key(resource));
        }
    }
}
