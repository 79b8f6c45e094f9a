package io.streamforge.queue.reconcile;

import io.streamforge.queue.run.Change;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.store.Page;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs that are not over, in memory as in the store, for the queue-manager that leads; for the others, the store alone. Every
 * change of a run goes through {@link #update}: one at a time per run, written before it is seen, redone on the newest version when
 * somebody else was faster.
 */
public final class RunBook {

    private static final Logger log = LoggerFactory.getLogger(RunBook.class);
    private static final int TRIES = 5;
    private static final int LOCKS = 64;
    private static final int AT_ONCE = 500;

    private final Store store;
    private final Map<String, Run> active = new ConcurrentHashMap<>();
    private final Object[] locks = new Object[LOCKS];
    private final Map<String, AtomicLong> ended = new ConcurrentHashMap<>();
    private volatile Consumer<Run> listener = run -> {};
    private volatile boolean open;

    public RunBook(Store store) {
        this.store = store;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        RunState.ENDED.forEach(state -> ended.put(state, new AtomicLong()));
    }

    /** @param listener is told of each run that this process has seen end; must not block */
    public void onEnd(Consumer<Run> listener) {
        this.listener = listener;
    }

    /** From now on runs are kept in memory. */
    void open() {
        active.clear();
        open = true;
    }

    /** From now on somebody else has them in memory. */
    void shut() {
        open = false;
        active.clear();
    }

    /** Fetches every run that is not over, unless it is here. */
    void loadAll() {
        stored().forEach(run -> load(run.queueId()));
    }

    private List<Run> stored() {
        List<Run> all = new ArrayList<>();
        Page<Run> page;
        int offset = 0;
        do {
            page = store.runs(new RunFilter(null, RunState.UNDER_WAY, offset, AT_ONCE));
            all.addAll(page.items());
            offset += AT_ONCE;
        } while (offset < page.total());
        return all;
    }

    /** All runs that are not over, whoever leads. */
    public List<Run> underWay() {
        return open ? active() : stored();
    }

    /** Fetches a run from the store, unless it is here; a list that was read a moment ago may be out of date. */
    void load(String queueId) {
        synchronized (lock(queueId)) {
            if (!active.containsKey(queueId)) {
                store.run(queueId).ifPresent(this::remember);
            }
        }
    }

    /**
     * Fetches what others have written since.
     *
     * @return ids of the runs that were fetched
     */
    List<String> catchUp() {
        Map<String, Long> versions = store.versions(RunState.UNDER_WAY);
        List<String> changed = new ArrayList<>();
        versions.forEach((queueId, version) -> {
            Run run = active.get(queueId);
            if (run == null || run.version() < version) {
                changed.add(queueId);
            }
        });
        active().stream()
                .map(Run::queueId)
                .filter(queueId -> !versions.containsKey(queueId))
                .forEach(changed::add);
        changed.forEach(this::reload);
        return changed;
    }

    private void reload(String queueId) {
        synchronized (lock(queueId)) {
            active.remove(queueId);
            store.run(queueId).ifPresent(this::remember);
        }
    }

    /** Writes new runs and what goes with them, all or nothing. */
    public void create(List<Run> runs, List<Write> more) {
        List<Write> writes = new ArrayList<>(more);
        runs.forEach(run -> writes.add(new Write.PutRun(run)));
        store.write(writes);
        runs.forEach(this::remember);
    }

    public Optional<Run> find(String queueId) {
        Run run = active.get(queueId);
        return run != null ? Optional.of(run) : store.run(queueId);
    }

    /** The runs in memory that are not over: all there are where this queue-manager leads, otherwise none. */
    public List<Run> active() {
        return active.values().stream().filter(run -> !run.state().ended()).toList();
    }

    /** How many runs this process has seen end, by state. */
    Map<String, Long> ended() {
        Map<String, Long> numbers = new TreeMap<>();
        ended.forEach((state, number) -> numbers.put(state, number.get()));
        return numbers;
    }

    /** Ids of all runs in memory. */
    List<String> ids() {
        return List.copyOf(active.keySet());
    }

    /**
     * Changes a run.
     *
     * @param more written together with the change, or alone when there is none
     * @return the run afterwards; empty when there is no such run
     */
    public Optional<Run> update(String queueId, Function<Run, Change> move, Write... more) {
        synchronized (lock(queueId)) {
            for (int i = 1; ; i++) {
                Optional<Run> current = find(queueId);
                if (current.isEmpty()) {
                    return current;
                }
                try {
                    return Optional.of(write(current.get(), move, more));
                } catch (StaleWriteException e) {
                    active.remove(queueId);
                    if (i == TRIES) {
                        throw e;
                    }
                }
            }
        }
    }

    private Run write(Run before, Function<Run, Change> move, Write... more) {
        Change change = move.apply(before);
        List<Write> writes = new ArrayList<>(List.of(more));
        Run after = before;
        if (change.changes(before)) {
            after = change.run().at(before.version() + 1);
            writes.add(new Write.PutRun(after));
            change.history().forEach(entry -> writes.add(new Write.AddHistory(entry)));
        }
        if (!writes.isEmpty()) {
            store.write(writes);
        }
        if (after.state().ended() && !before.state().ended()) {
            ended.computeIfAbsent(after.state().label(), none -> new AtomicLong())
                    .incrementAndGet();
            log.atInfo()
                    .addKeyValue("queue_id", after.queueId())
                    .addKeyValue("state", after.state().label())
                    .log("run ended");
            listener.accept(after);
        }
        remember(after);
        return after;
    }

    /** Leaves the run to the store; the reconciler fetches it again when something is due. */
    void forget(String queueId) {
        synchronized (lock(queueId)) {
            active.remove(queueId);
        }
    }

    private void remember(Run run) {
        if (open) {
            active.put(run.queueId(), run);
        }
    }

    private Object lock(String queueId) {
        return locks[Math.floorMod(queueId.hashCode(), LOCKS)];
    }
}
