package io.streamforge.queue.reconcile;

import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchedTask;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.run.Effect;
import io.streamforge.queue.run.Observation;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.run.TaskState;
import io.streamforge.queue.run.World;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every run one pass further whenever something happened to it, and once a second in any case. Passes over one run never
 * overlap.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int THREADS = 4;
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration REPLIES_KEPT = Duration.ofDays(1);
    private static final int TICKS_PER_REFRESH = 30;
    private static final int AT_ONCE = 500;
    private static final int STEPS_PER_PASS = 100;
    /** Not the id of any run: the pass that decides which runs may begin. */
    private static final String ADMISSION = "";

    private final Store store;
    private final RunBook runs;
    private final RunMachine machine;
    private final Admission admission;
    private final Effects effects;
    private final Launcher launcher;
    private final Sweeper sweeper;
    private final BrokerWatch watch;
    private final Leadership leadership;
    private final Clock clock;
    private final Preparations preparations;
    private final AtomicLong ticks = new AtomicLong();
    private final ControlTally tally = new ControlTally();
    private volatile Map<String, String> waiting = Map.of();
    /** Runs that were admitted and hold up others until they have started. */
    private final Set<String> starting = ConcurrentHashMap.newKeySet();
    /** Runs whose end has not been noticed. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private final WorkQueue queue = new WorkQueue();
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledExecutorService ticker =
            Executors.newScheduledThreadPool(2, Threads.named("reconciler-tick"));

    Reconciler(RunBook runs, Rules rules, Effects effects, Surroundings around, Preparation preparation, Clock clock) {
        this.store = around.store();
        this.runs = runs;
        this.machine = rules.machine();
        this.admission = rules.admission();
        this.effects = effects;
        this.launcher = around.launcher();
        this.sweeper = new Sweeper(store, launcher);
        this.watch = around.watch();
        this.leadership = around.leadership();
        this.clock = clock;
        preparations =
                new Preparations(preparation.preparer(), preparation.pool(), preparation.timeout(), this::prepared);
    }

    /** What decides. */
    record Rules(RunMachine machine, Admission admission) {}

    /** What is looked at. */
    record Surroundings(Store store, Launcher launcher, BrokerWatch watch, Leadership leadership) {}

    /**
     * How runs are made ready.
     *
     * @param timeout of one preparation
     */
    record Preparation(Preparer preparer, ExecutorService pool, Duration timeout) {}

    /** Begins; workers launched earlier are adopted by the first pass. */
    public void start() {
        launcher.onExit(this::triggerAll);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = Threads.named("reconciler-" + i).newThread(this::work);
            threads.add(thread);
            thread.start();
        }
        var unused = List.of(
                ticker.scheduleWithFixedDelay(watch::check, 0, TICK.toMillis(), TimeUnit.MILLISECONDS),
                ticker.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS));
    }

    ControlTally tally() {
        return tally;
    }

    /** Begins anew with what is in the store. */
    void takeUp() {
        ticks.set(0);
    }

    /** Leaves everything as it is. */
    void layDown() {
        preparations.cancelAll();
        waiting = Map.of();
        starting.clear();
        tally.looked(null);
        underWay.clear();
    }

    /** Somebody else has changed the run. */
    void noticed(String queueId) {
        trigger(queueId);
        triggerAdmission();
    }

    /** Something happened to the run. */
    public void trigger(String queueId) {
        queue.add(queueId);
    }

    /** A run was made, has ended, or is wanted otherwise. */
    public void triggerAdmission() {
        queue.add(ADMISSION);
    }

    private void triggerAll() {
        for (String queueId : runs.ids()) {
            // Runs that wait to be admitted are looked at together.
            if (!waiting.containsKey(queueId)) {
                queue.add(queueId);
            }
        }
    }

    private void tick() {
        try {
            if (leadership.leads()) {
                refresh(ticks.getAndIncrement());
                queue.add(ADMISSION);
                triggerAll();
                tally.looked(clock.instant());
            }
        } catch (StoreException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("store is away");
        }
    }

    /** Fetches what is due, and now and then, first of all in the beginning, whatever is not over. */
    void refresh(long tick) {
        Instant now = clock.instant();
        store.due(now, AT_ONCE).forEach(run -> runs.load(run.queueId()));
        if (tick % TICKS_PER_REFRESH == 0) {
            runs.loadAll();
            store.forgetReplies(now.minus(REPLIES_KEPT));
            sweeper.sweep();
        }
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
        if (!leadership.leads()) {
            return;
        }
        long begun = System.nanoTime();
        try {
            if (key.equals(ADMISSION)) {
                admit();
            } else {
                pass(key, clock.instant());
            }
            tally.passed(Duration.ofNanos(System.nanoTime() - begun));
        } catch (BrokerException | StoreException | LaunchException | StaleWriteException e) {
            tally.failed();
            // The next pass does what this one could not.
            log.atDebug()
                    .addKeyValue("queue_id", key)
                    .addKeyValue("reason", e.getMessage())
                    .log("pass was cut short");
        } catch (RuntimeException e) {
            tally.failed();
            log.atError().addKeyValue("queue_id", key).setCause(e).log("pass failed");
        }
    }

    void admit() {
        Admission.Verdict verdict = admission.decide(runs.active(), clock.instant());
        waiting = Map.copyOf(verdict.waiting());
        for (String queueId : verdict.admitted()) {
            observe(queueId, new Observation.Admitted());
            starting.add(queueId);
            queue.add(queueId);
        }
    }

    /** Why a run has not begun, a sentence; empty when it has, or was not looked at yet. */
    public Optional<String> waitingFor(String queueId) {
        return Optional.ofNullable(waiting.get(queueId));
    }

    /** Does for one run all that can be done now. */
    void pass(String queueId, Instant begin) {
        Set<String> told = new HashSet<>();
        for (int i = 0; i < STEPS_PER_PASS; i++) {
            Optional<Run> found = runs.find(queueId);
            if (found.isEmpty()) {
                return;
            }
            World world = world(queueId, told);
            Run run = runs.update(queueId, current -> machine.tick(current, world))
                    .orElse(found.get());
            notice(run, world.now());
            Optional<Effect> effect = machine.next(run, world);
            if (effect.isEmpty() || !leadership.leads() || !perform(run, effect.get(), told)) {
                retire(run);
                return;
            }
        }
        queue.add(queueId);
    }

    private boolean perform(Run run, Effect effect, Set<String> told) {
        if (effect instanceof Effect.Prepare) {
            preparations.begin(run);
            return false;
        }
        if (effect instanceof Effect.Remove remove) {
            told.add(remove.task());
        }
        effects.perform(run, effect).ifPresent(seen -> observe(run.queueId(), seen));
        return true;
    }

    private void observe(String queueId, Observation seen) {
        runs.update(queueId, run -> machine.on(run, seen, clock.instant()));
    }

    /** Whatever made the run end or begin to work: others may be waiting for that. */
    private void notice(Run run, Instant now) {
        if (!run.state().ended()) {
            underWay.add(run.queueId());
        } else if (underWay.remove(run.queueId())) {
            ended(run);
        }
        if (!Admission.starting(run, now) && starting.remove(run.queueId())) {
            triggerAdmission();
        }
    }

    private void prepared(String queueId, Observation seen) {
        if (!leadership.leads()) {
            return;
        }
        try {
            observe(queueId, seen);
        } catch (StoreException | StaleWriteException e) {
            // It is prepared again; nothing was launched.
            log.atWarn()
                    .addKeyValue("queue_id", queueId)
                    .addKeyValue("reason", e.getMessage())
                    .log("store is away");
        }
        trigger(queueId);
    }

    private void ended(Run run) {
        preparations.cancel(run.queueId());
        triggerAdmission();
    }

    /** A run that has ended and needs nothing for a while is left to the store. */
    private void retire(Run run) {
        Instant due = run.dueAt();
        if (run.state().ended() && (due == null || due.isAfter(clock.instant().plus(TICK)))) {
            runs.forget(run.queueId());
        }
    }

    private World world(String queueId, Set<String> told) {
        return new World(clock.instant(), tasks(queueId), Set.copyOf(told), watch.observingSince());
    }

    private @Nullable Map<String, TaskState> tasks(String queueId) {
        try {
            return launcher.list().stream()
                    .filter(task -> task.queueId().equals(queueId))
                    .collect(Collectors.toMap(LaunchedTask::name, LaunchedTask::state));
        } catch (LaunchException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("launcher cannot be asked");
            return null;
        }
    }

    /** Returns when nothing is done any more, or what is being done takes its time. */
    @Override
    public void close() {
        ticker.shutdownNow();
        queue.close();
        preparations.close();
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
