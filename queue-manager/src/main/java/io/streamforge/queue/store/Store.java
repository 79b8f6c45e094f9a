package io.streamforge.queue.store;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps queue-manager's metadata. All calls may block and may come from many threads at once. A store that cannot be reached,
 * or refuses, throws {@link StoreException}; nothing of a failed {@link #write} is visible.
 *
 * <p>Needed beside the documents: of a run its workflow, its state's label, {@code created_at}, {@code due_at} and version; of
 * a workflow its version, {@code created_at} and {@code updated_at}; of a history entry queue id and number.
 */
public interface Store extends AutoCloseable {

    /**
     * Makes all changes, or none. Calls that come at the same time may share a transaction of the database, as long as each
     * still succeeds or fails for itself.
     *
     * @throws StaleWriteException when a document is not at the version a change was made from; read it again and redo
     */
    void write(List<Write> changes);

    Optional<Workflow> workflow(String name);

    Page<Workflow> workflows(WorkflowFilter filter);

    Optional<Run> run(String queueId);

    /** Newest first (by {@code created_at}, then queue id). */
    Page<Run> runs(RunFilter filter);

    /** Versions of all runs in states of these labels, by queue id. */
    Map<String, Long> versions(Set<String> states);

    /**
     * Ended runs of which something has to be removed: {@code due_at} is not null and not after {@code now}; earliest first, then by queue
     * id.
     */
    List<Run> due(Instant now, int limit);

    /** Entries of a run with numbers above {@code after}, ascending. */
    List<HistoryEntry> history(String queueId, long after, int limit);

    /** Newest first, only those with an id below {@code before}. */
    List<AuditEntry> audit(long before, int limit);

    Optional<IdempotentReply> reply(String key);

    /** All versions of all subjects, by subject, then version. */
    List<RegisteredSchema> schemas();

    /** By workflow. */
    List<Remnant> remnants();

    /** Next offset to read per partition of a topic, as last written; empty when never written. */
    Map<Integer, Long> offsets(String topic);

    /** Forgets replies to idempotent calls that are older. */
    void forgetReplies(Instant before);

    @Override
    void close();
}
