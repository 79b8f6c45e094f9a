package io.streamforge.queue.workflow;

import io.streamforge.messages.Subject;
import io.streamforge.messages.Topics;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.reconcile.RunBook;
import io.streamforge.queue.reconcile.Traces;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What users do with workflows. The store is written first; the reconciler does the rest. */
public final class Workflows {

    private static final int LATEST = 20;

    private final Store store;
    private final RunBook runs;
    private final RunCommands commands;
    private final Definitions definitions;
    private final NewRuns newRuns;
    private final SecretStore secrets;
    private final Traces traces;
    private final Broker broker;
    private final Reconciler reconciler;
    private final Clock clock;

    public Workflows(
            Store store,
            RunBook runs,
            RunCommands commands,
            Definitions definitions,
            NewRuns newRuns,
            SecretStore secrets,
            Traces traces,
            Broker broker,
            Reconciler reconciler,
            Clock clock) {
        this.store = store;
        this.runs = runs;
        this.commands = commands;
        this.definitions = definitions;
        this.newRuns = newRuns;
        this.secrets = secrets;
        this.traces = traces;
        this.broker = broker;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /** @param run null when none was started */
    public record Created(Workflow workflow, @Nullable Run run) {}

    /**
     * Stores a workflow and starts it.
     *
     * @param wish null to start nothing
     * @param reply what to remember of the answer, for a caller that repeats itself
     * @throws RefusedException when the text is wrong, or a workflow of this name exists; the one a template makes may exist when it
     *     is the same
     */
    public Created create(
            String text,
            Map<String, Object> parameters,
            NewRuns.@Nullable Wish wish,
            String actor,
            Function<Created, Optional<IdempotentReply>> reply) {
        WorkflowSpec spec = definitions.require(text, parameters);
        PlainSecrets.Taken taken = definitions.takeSecrets(spec);
        Optional<Workflow> existing = store.workflow(spec.name());
        if (existing.isPresent()) {
            requireSame(existing.get(), spec, taken);
        }
        taken.secrets().forEach(secrets::put);
        Workflow workflow = existing.orElseGet(() -> fresh(spec, taken, null));
        List<Write> writes = new ArrayList<>();
        if (existing.isEmpty()) {
            writes.add(new Write.PutWorkflow(workflow));
            writes.add(audit(actor, "workflow.create", spec.name()));
        }
        return begin(workflow, wish, writes, reply);
    }

    private Workflow fresh(WorkflowSpec spec, PlainSecrets.Taken taken, @Nullable String owner) {
        Instant now = clock.instant();
        return new Workflow(spec.name(), 1, taken.document(), spec.subject(), now, now, owner);
    }

    private Workflow next(Workflow old, WorkflowSpec spec, PlainSecrets.Taken taken) {
        return new Workflow(
                old.name(),
                old.version() + 1,
                taken.document(),
                spec.subject(),
                old.createdAt(),
                clock.instant(),
                old.owner());
    }

    /**
     * Brings the workflow that a text defines to what the text says: stores it when there is none, or its next version when it is
     * another, and starts a run of it; changes nothing when it is the same. Runs of older versions that have not begun are stopped.
     *
     * @param name the text must give; null for any
     * @param owner what alone may change it from now on
     * @throws RefusedException when the text is wrong, or a workflow of this name is not the owner's
     */
    public Created apply(String text, @Nullable String name, String owner, NewRuns.Wish wish) {
        WorkflowSpec spec = definitions.require(text, Map.of());
        if (name != null) {
            requireName(spec, name);
        }
        PlainSecrets.Taken taken = definitions.takeSecrets(spec);
        Optional<Workflow> existing = store.workflow(spec.name());
        existing.ifPresent(workflow -> requireOwner(workflow, owner));
        taken.secrets().forEach(secrets::put);
        if (existing.isPresent() && existing.get().definedBy(taken.document())) {
            return new Created(existing.get(), null);
        }
        Workflow workflow = existing.map(old -> next(old, spec, taken)).orElseGet(() -> fresh(spec, taken, owner));
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.PutWorkflow(workflow));
        writes.add(audit(wish.actor(), existing.isEmpty() ? "workflow.create" : "workflow.replace", spec.name()));
        Created created = begin(workflow, wish, writes, made -> Optional.empty());
        commands.active(spec.name()).stream()
                .filter(run -> run.origin().workflowVersion() < workflow.version()
                        && !run.state().admitted())
                .forEach(run -> commands.command(run.queueId(), UserCommand.STOP, wish.actor()));
        return created;
    }

    private static void requireOwner(Workflow workflow, @Nullable String owner) {
        if (Objects.equals(workflow.owner(), owner)) {
            return;
        }
        throw new RefusedException(
                Reason.CONFLICT,
                workflow.owner() == null ? "WORKFLOW-EXISTS" : "WORKFLOW-OWNED",
                workflow.owner() == null
                        ? "workflow '%s' exists and was made through the API; delete it there, or choose another name"
                                .formatted(workflow.name())
                        : "workflow '%s' belongs to the Kubernetes resource %s; change or delete it there"
                                .formatted(workflow.name(), workflow.owner()));
    }

    /** The same request of a template is another run of the same workflow; anything else would change it unseen. */
    private static void requireSame(Workflow existing, WorkflowSpec spec, PlainSecrets.Taken taken) {
        boolean again = !spec.subject().equals(Subject.NONE) && existing.definedBy(taken.document());
        if (!again) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "WORKFLOW-EXISTS",
                    "workflow '%s' exists; PUT /api/v1/workflows/%s to change it, POST /api/v1/workflows/%s/start to run it again"
                            .formatted(spec.name(), spec.name(), spec.name()));
        }
    }

    /**
     * Starts another run.
     *
     * @throws RefusedException when there is no such workflow
     */
    public Created start(String name, NewRuns.Wish wish, Function<Created, Optional<IdempotentReply>> reply) {
        return begin(require(name), wish, new ArrayList<>(), reply);
    }

    private Created begin(
            Workflow workflow,
            NewRuns.@Nullable Wish wish,
            List<Write> writes,
            Function<Created, Optional<IdempotentReply>> reply) {
        Created created = new Created(workflow, wish == null ? null : newRuns.of(workflow, wish));
        List<Run> started = new ArrayList<>();
        if (created.run() != null && wish != null) {
            started.add(created.run());
            writes.add(audit(wish.actor(), "run.start", created.run().queueId()));
        }
        reply.apply(created).ifPresent(answer -> writes.add(new Write.AddReply(answer)));
        try {
            runs.create(started, writes);
        } catch (StaleWriteException e) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "CONCURRENT-REQUEST",
                    "another request for workflow '%s' was faster; look at it and try again"
                            .formatted(workflow.name()));
        }
        reconciler.triggerAdmission();
        return created;
    }

    /**
     * Stores a new version; runs that are under way go on with the one they were made from.
     *
     * @param expected version the caller has seen; null for whatever it is
     */
    public Workflow replace(
            String name, String text, Map<String, Object> parameters, @Nullable Integer expected, String actor) {
        Workflow old = require(name);
        requireOwner(old, null);
        if (expected != null && expected != old.version()) {
            throw stale(name, old.version());
        }
        WorkflowSpec spec = definitions.require(text, parameters);
        requireName(spec, name);
        PlainSecrets.Taken taken = definitions.takeSecrets(spec);
        taken.secrets().forEach(secrets::put);
        Workflow changed = next(old, spec, taken);
        try {
            store.write(List.of(new Write.PutWorkflow(changed), audit(actor, "workflow.replace", name)));
        } catch (StaleWriteException e) {
            throw stale(name, old.version() + 1);
        }
        return changed;
    }

    private static void requireName(WorkflowSpec spec, String name) {
        if (!spec.name().equals(name)) {
            throw new RefusedException(
                    Reason.INVALID,
                    "NAME-MISMATCH",
                    "the definition is named '%s', not '%s'; a workflow cannot be renamed"
                            .formatted(spec.name(), name));
        }
    }

    /** What a text would name its workflow; empty when it is wrong. */
    public Optional<String> nameIn(String text) {
        return definitions.read(text, Map.of()).parsed().spec().map(WorkflowSpec::name);
    }

    private static RefusedException stale(String name, int version) {
        return new RefusedException(
                Reason.STALE,
                "STALE-VERSION",
                "workflow '%s' is at version %d; read it again and redo the change".formatted(name, version));
    }

    /**
     * Removes a workflow with its positions, its secrets and what its source keeps in its system, and stops its runs; their history
     * stays.
     */
    public void delete(String name, @Nullable Integer expected, String actor) {
        Workflow workflow = require(name);
        requireOwner(workflow, null);
        if (expected != null && expected != workflow.version()) {
            throw stale(name, workflow.version());
        }
        delete(workflow, actor);
    }

    /**
     * Removes a workflow as {@link #delete(String, Integer, String)} does, when it is the owner's.
     *
     * @return whether it is gone, its runs have ended and no worker of theirs is left; ask again until then
     */
    public boolean remove(String name, String owner, String actor) {
        Optional<Workflow> existing = store.workflow(name);
        if (existing.isPresent() && !owner.equals(existing.get().owner())) {
            return true;
        }
        existing.ifPresent(workflow -> delete(workflow, actor));
        // Those that were not told because of a crash in between.
        commands.active(name).stream()
                .filter(run -> !run.desired().stopped())
                .forEach(run -> commands.command(run.queueId(), UserCommand.STOP, actor));
        return store.runs(new RunFilter(name, Set.of(), 0, LATEST)).items().stream()
                .allMatch(run -> run.state().ended() && run.cleanup().workers());
    }

    private void delete(Workflow workflow, String actor) {
        String name = workflow.name();
        try {
            broker.ping();
        } catch (BrokerException e) {
            throw new RefusedException(
                    Reason.UNAVAILABLE,
                    "BROKER-AWAY",
                    "the broker does not answer, so that the workflow's positions cannot be removed; try again later");
        }
        store.write(List.of(
                new Write.DeleteWorkflow(name, workflow.version()),
                new Write.PutRemnant(new Remnant(name, workflow.spec())),
                audit(actor, "workflow.delete", name)));
        List<Run> active = commands.active(name);
        active.forEach(run -> commands.command(run.queueId(), UserCommand.STOP, actor));
        if (active.isEmpty()) {
            broker.delete(List.of(Topics.positions(name)));
            traces.remove(name, workflow.spec());
        }
    }

    /** @throws RefusedException when there is no such workflow */
    public Workflow require(String name) {
        return store.workflow(name).orElseThrow(() -> RefusedException.noWorkflow(name));
    }

    private Write audit(String actor, String action, String subject) {
        return new Write.AddAudit(AuditEntry.of(clock.instant(), actor, action, subject));
    }
}
