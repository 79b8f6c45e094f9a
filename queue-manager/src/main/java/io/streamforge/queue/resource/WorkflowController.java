package io.streamforge.queue.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.streamforge.queue.kubernetes.Cluster;
import io.streamforge.queue.reconcile.ControlLoop;
import io.streamforge.queue.reconcile.Leadership;
import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.reconcile.RunBook;
import io.streamforge.queue.workflow.RunCommands;
import io.streamforge.queue.workflow.Workflows;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Works on Workflow resources while this queue-manager leads. */
public final class WorkflowController implements ControlLoop.Duty {

    private final Cluster cluster;
    private final Supplier<Parts> parts;
    private @Nullable ResourceWatch watch;

    /** What it works with; asked for when it begins, because the control loop is made first. */
    public record Parts(
            Workflows workflows,
            RunCommands commands,
            Reconciler reconciler,
            RunBook runs,
            Leadership leadership,
            Clock clock) {}

    public WorkflowController(Cluster cluster, Supplier<Parts> parts) {
        this.cluster = cluster;
        this.parts = parts;
    }

    /** How a resource is called in the queue of passes. */
    static String key(GenericKubernetesResource resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    @Override
    public void takeUp() {
        WorkflowResources resources = new WorkflowResources(cluster);
        Parts all = parts.get();
        ResourceWatch begun = new ResourceWatch(resources, new ResourcePass(resources, all), all);
        watch = begun;
        begun.start();
    }

    @Override
    public void layDown() {
        ResourceWatch begun = watch;
        if (begun != null) {
            begun.close();
            watch = null;
        }
    }
}
