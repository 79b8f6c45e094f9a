package io.streamforge.queue.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.streamforge.queue.resource.WorkflowController.Parts;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.workflow.NewRuns.Wish;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import io.streamforge.queue.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one resource and does what is missing: the finalizer, the stored workflow, the status. Doing it again changes nothing.
 * Counters are written every five seconds at most, everything else at once.
 */
final class ResourcePass {

    static final String FINALIZER = WorkflowCrd.GROUP + "/workflow";
    private static final Duration COUNTERS = Duration.ofSeconds(5);

    private final WorkflowResources resources;
    private final Parts parts;
    /** What was written last: the informer may show a resource as it was before. */
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();

    ResourcePass(WorkflowResources resources, Parts parts) {
        this.resources = resources;
        this.parts = parts;
    }

    private record Memory(String uid, WorkflowStatus status, Instant writtenAt) {}

    /** @return whether there is something to wait for, so that another pass must follow */
    boolean over(GenericKubernetesResource resource) {
        List<String> finalizers = resource.getMetadata().getFinalizers();
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            return finalizers.contains(FINALIZER) && !removed(resource);
        }
        if (!finalizers.contains(FINALIZER)) {
            List<String> more = new ArrayList<>(finalizers);
            more.add(FINALIZER);
            // The change leads to the next pass.
            resources.finalizers(resource, more);
            return false;
        }
        Memory memory = memory(resource);
        WorkflowStatus before = memory == null ? WorkflowResources.status(resource) : memory.status();
        boolean toBeApplied = memory == null || generation(resource) != before.observedGeneration() || refused(before);
        WorkflowStatus after = withRun(before, toBeApplied ? apply(resource, before) : before);
        Instant now = parts.clock().instant();
        if (due(memory, before, after, now)) {
            resources.write(resource, after);
            remember(resource, after, now);
            for (Announcement announcement : Announcement.of(before, after)) {
                resources.tell(resource, announcement, now);
            }
        } else if (memory == null) {
            remember(resource, before, Instant.EPOCH);
        }
        return false;
    }

    void forget(String key) {
        memories.remove(key);
    }

    /** Null the first time this queue-manager sees the resource since it leads. */
    private @Nullable Memory memory(GenericKubernetesResource resource) {
        Memory memory = memories.get(WorkflowController.key(resource));
        return memory != null && memory.uid().equals(resource.getMetadata().getUid()) ? memory : null;
    }

    private void remember(GenericKubernetesResource resource, WorkflowStatus status, Instant writtenAt) {
        memories.put(
                WorkflowController.key(resource),
                new Memory(resource.getMetadata().getUid(), status, writtenAt));
    }

    private static long generation(GenericKubernetesResource resource) {
        return resource.getMetadata().getGeneration();
    }

    private boolean removed(GenericKubernetesResource resource) {
        String name = WorkflowResources.status(resource).workflow();
        // It may have been stored without the status having been written.
        Optional<String> stored =
                Optional.ofNullable(name).or(() -> parts.workflows().nameIn(text(resource)));
        if (stored.isPresent() && !parts.workflows().remove(stored.get(), owner(resource), actor(resource))) {
            return false;
        }
        List<String> rest = new ArrayList<>(resource.getMetadata().getFinalizers());
        rest.remove(FINALIZER);
        resources.finalizers(resource, rest);
        return true;
    }

    static boolean refused(WorkflowStatus status) {
        return status.condition(Statuses.VALID)
                .filter(valid -> valid.reason().equals(Statuses.REFUSED))
                .isPresent();
    }

    private WorkflowStatus apply(GenericKubernetesResource resource, WorkflowStatus before) {
        long generation = generation(resource);
        Instant now = parts.clock().instant();
        WorkflowStatus status;
        try {
            Wish wish = new Wish(null, null, actor(resource));
            Workflows.Created made = parts.workflows().apply(text(resource), before.workflow(), owner(resource), wish);
            status = Statuses.accepted(before, generation, made.workflow(), now);
        } catch (RefusedException e) {
            if (e.reason() == Reason.UNAVAILABLE || e.code().equals("CONCURRENT-REQUEST")) {
                throw e;
            }
            status = Statuses.refused(before, generation, e, now);
        }
        return status;
    }

    private WorkflowStatus withRun(WorkflowStatus before, WorkflowStatus defined) {
        Optional<Run> run = Optional.ofNullable(defined.workflow()).flatMap(this::latest);
        Optional<String> waitingFor = run.flatMap(latest -> parts.reconciler().waitingFor(latest.queueId()));
        return Statuses.withRun(before, defined, run, waitingFor, parts.clock().instant());
    }

    /** The run under way, otherwise the one made last. */
    private Optional<Run> latest(String workflow) {
        return parts.runs().active().stream()
                .filter(run -> run.workflow().equals(workflow))
                .max(Comparator.comparing((Run run) -> run.state().admitted())
                        .thenComparing(run -> run.origin().createdAt()))
                .or(() -> parts.commands().latest(workflow));
    }

    private static boolean due(@Nullable Memory memory, WorkflowStatus before, WorkflowStatus after, Instant now) {
        if (after.equals(before)) {
            return false;
        }
        boolean countersOnly = after.withoutCounters().equals(before.withoutCounters());
        return memory == null
                || !countersOnly
                || !memory.writtenAt().plus(COUNTERS).isAfter(now);
    }

    private static String text(GenericKubernetesResource resource) {
        return SpecText.of(
                WorkflowResources.spec(resource), resource.getMetadata().getName());
    }

    private static String owner(GenericKubernetesResource resource) {
        return WorkflowCrd.KIND + " " + WorkflowController.key(resource);
    }

    private static String actor(GenericKubernetesResource resource) {
        return "kubernetes:" + WorkflowController.key(resource);
    }
}
