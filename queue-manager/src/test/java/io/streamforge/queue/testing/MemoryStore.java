package io.streamforge.queue.testing;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.Page;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.WorkflowFilter;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A store in memory, with the same refusals as a real one. */
public final class MemoryStore implements Store {

    private Map<String, Workflow> workflows = new TreeMap<>();
    private Map<String, Run> runs = new TreeMap<>();
    private Map<String, List<HistoryEntry>> history = new HashMap<>();
    private List<AuditEntry> audit = new ArrayList<>();
    private Map<String, IdempotentReply> replies = new HashMap<>();
    private List<RegisteredSchema> schemas = new ArrayList<>();
    private Map<String, Map<Integer, Long>> offsets = new HashMap<>();
    private Map<String, Remnant> remnants = new TreeMap<>();

    @Override
    public synchronized void write(List<Write> changes) {
        MemoryStore copy = new MemoryStore();
        copy.workflows = new TreeMap<>(workflows);
        copy.runs = new TreeMap<>(runs);
        history.forEach((key, entries) -> copy.history.put(key, new ArrayList<>(entries)));
        copy.audit = new ArrayList<>(audit);
        copy.replies = new HashMap<>(replies);
        copy.schemas = new ArrayList<>(schemas);
        copy.remnants = new TreeMap<>(remnants);
        offsets.forEach((topic, next) -> copy.offsets.put(topic, new HashMap<>(next)));
        changes.forEach(copy::apply);
        workflows = copy.workflows;
        runs = copy.runs;
        history = copy.history;
        audit = copy.audit;
        replies = copy.replies;
        schemas = copy.schemas;
        offsets = copy.offsets;
        remnants = copy.remnants;
    }

    private void apply(Write write) {
        if (write instanceof Write.PutWorkflow put) {
            Workflow old = workflows.get(put.workflow().name());
            fresh("workflow", old == null ? 0 : old.version(), put.workflow().version() - 1);
            workflows.put(put.workflow().name(), put.workflow());
        } else if (write instanceof Write.DeleteWorkflow delete) {
            Workflow old = workflows.remove(delete.name());
            fresh("workflow", old == null ? 0 : old.version(), delete.version());
        } else if (write instanceof Write.PutRemnant put) {
            remnants.put(put.remnant().workflow(), put.remnant());
        } else if (write instanceof Write.RemoveRemnant remove) {
            remnants.remove(remove.workflow());
        } else if (write instanceof Write.PutRun put) {
            Run old = runs.get(put.run().queueId());
            fresh("run", old == null ? 0 : old.version(), put.run().version() - 1);
            runs.put(put.run().queueId(), put.run());
        } else if (write instanceof Write.AddHistory add) {
            List<HistoryEntry> entries = history.computeIfAbsent(add.entry().queueId(), id -> new ArrayList<>());
            fresh("history", entries.size(), add.entry().number() - 1);
            entries.add(add.entry());
        } else if (write instanceof Write.AddAudit add) {
            AuditEntry entry = add.entry();
            audit.add(new AuditEntry(
                    audit.size() + 1L, entry.at(), entry.actor(), entry.action(), entry.subject(), entry.details()));
        } else if (write instanceof Write.AddReply add) {
            fresh("reply", replies.containsKey(add.reply().key()) ? 1 : 0, 0);
            replies.put(add.reply().key(), add.reply());
        } else if (write instanceof Write.AddSchema add) {
            boolean taken = schemas.stream()
                    .anyMatch(schema -> schema.subject().equals(add.schema().subject())
                            && schema.version() == add.schema().version());
            fresh("schema", taken ? 1 : 0, 0);
            schemas.add(add.schema());
        } else if (write instanceof Write.PutOffsets put) {
            offsets.computeIfAbsent(put.topic(), topic -> new HashMap<>()).putAll(put.offsets());
        }
    }

    private static void fresh(String what, long found, long expected) {
        if (found != expected) {
            throw new StaleWriteException(what);
        }
    }

    @Override
    public synchronized Optional<Workflow> workflow(String name) {
        return Optional.ofNullable(workflows.get(name));
    }

    @Override
    public synchronized Page<Workflow> workflows(WorkflowFilter filter) {
        Comparator<Workflow> order =
                switch (filter.sort()) {
                    case NAME -> Comparator.comparing(Workflow::name);
                    case CREATED_AT -> Comparator.comparing(Workflow::createdAt);
                    case UPDATED_AT -> Comparator.comparing(Workflow::updatedAt);
                };
        List<Workflow> found = workflows.values().stream()
                .filter(workflow -> workflow.name().contains(filter.contains().toLowerCase(Locale.ROOT)))
                .sorted(filter.descending() ? order.reversed() : order)
                .toList();
        return new Page<>(
                found.stream().skip(filter.offset()).limit(filter.limit()).toList(), found.size());
    }

    @Override
    public synchronized Optional<Run> run(String queueId) {
        return Optional.ofNullable(runs.get(queueId));
    }

    @Override
    public synchronized Page<Run> runs(RunFilter filter) {
        List<Run> found = runs.values().stream()
                .filter(run -> filter.workflow() == null || run.workflow().equals(filter.workflow()))
                .filter(run -> filter.states().isEmpty()
                        || filter.states().contains(run.state().label()))
                .sorted(Comparator.comparing((Run run) -> run.origin().createdAt())
                        .thenComparing(Run::queueId)
                        .reversed())
                .toList();
        return new Page<>(
                found.stream().skip(filter.offset()).limit(filter.limit()).toList(), found.size());
    }

    @Override
    public synchronized Map<String, Long> versions(Set<String> states) {
        return runs.values().stream()
                .filter(run -> states.contains(run.state().label()))
                .collect(Collectors.toMap(Run::queueId, Run::version));
    }

    @Override
    public synchronized List<Run> due(Instant now, int limit) {
        return runs.values().stream()
                .filter(run -> run.dueAt() != null && !run.dueAt().isAfter(now))
                .sorted(Comparator.comparing((Run run) -> Objects.requireNonNull(run.dueAt()))
                        .thenComparing(Run::queueId))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<HistoryEntry> history(String queueId, long after, int limit) {
        return history.getOrDefault(queueId, List.of()).stream()
                .filter(entry -> entry.number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<AuditEntry> audit(long before, int limit) {
        return audit.stream()
                .filter(entry -> entry.id() < before)
                .sorted(Comparator.comparing(AuditEntry::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<IdempotentReply> reply(String key) {
        return Optional.ofNullable(replies.get(key));
    }

    @Override
    public synchronized List<RegisteredSchema> schemas() {
        return List.copyOf(schemas);
    }

    @Override
    public synchronized List<Remnant> remnants() {
        return List.copyOf(remnants.values());
    }

    @Override
    public synchronized Map<Integer, Long> offsets(String topic) {
        return Map.copyOf(offsets.getOrDefault(topic, Map.of()));
    }

    @Override
    public synchronized void forgetReplies(Instant before) {
        replies.values().removeIf(reply -> reply.at().isBefore(before));
    }

    @Override
    public void close() {}
}
