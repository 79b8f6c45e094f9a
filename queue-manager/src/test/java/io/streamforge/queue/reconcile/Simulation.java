package io.streamforge.queue.reconcile;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.run.Limits;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.run.Runs;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.secret.FileSecretStore;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.testing.FakeBroker;
import io.streamforge.queue.testing.FakeLauncher;
import io.streamforge.queue.testing.ManualClock;
import io.streamforge.queue.testing.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reconciler with everything around it in one thread, where time goes on by hand. It can be made to die at any call it makes to
 * store, broker or launcher; then a new one takes over what is left.
 */
final class Simulation {

    static final Limits LIMITS = Limits.DEFAULT;

    private static final Schemas NO_SCHEMAS = new Schemas() {

        @Override
        public Optional<Task.Table> joining(SchemaChange change) {
            return Optional.empty();
        }

        @Override
        public void register(SchemaChange change) {}
    };

    final ManualClock clock = new ManualClock(Runs.NOW);
    final MemoryStore store = new MemoryStore();
    final FakeBroker broker = new FakeBroker();
    final FakeLauncher launcher = new FakeLauncher(clock);
    final SimulatedWorkers workers = new SimulatedWorkers(broker, launcher);
    final List<String> forgotten = new ArrayList<>();
    final Admission admission;
    Preparer preparer;

    private final SecretStore secrets;
    private int calls;
    private int crashAt = Integer.MAX_VALUE;
    private boolean crashed;
    private boolean caughtUp;
    private boolean refreshed;
    private int crashes;
    private RunBook runs;
    private Reconciler reconciler;
    private EventIntake intake;
    private BrokerWatch watch;

    Simulation(Path directory, Admission admission) {
        this.admission = admission;
        secrets = new FileSecretStore(directory.resolve("secrets"));
        preparer = run -> Runs.prepared(run.queueId());
        restart();
    }

    /** The process dies before (odd) or after (even) the call with this number, counted from 1. */
    void crashAt(int call) {
        crashAt = call;
    }

    int calls() {
        return calls;
    }

    int crashes() {
        return crashes;
    }

    /** A new process over the same store, broker and launcher. */
    void restart() {
        crashed = false;
        caughtUp = false;
        refreshed = false;
        RunMachine machine = new RunMachine(LIMITS);
        Store guardedStore = guard(Store.class, store);
        Broker guardedBroker = guard(Broker.class, broker);
        Launcher guardedLauncher = guard(Launcher.class, launcher);
        runs = new RunBook(guardedStore);
        runs.open();
        watch = new BrokerWatch(guardedBroker, clock);
        WorkerEnvironments environments =
                new WorkerEnvironments("broker:9092", Map.of(), Map.of(), secrets, Map.of("SHOP_URL", "jdbc:shop"));
        reconciler = new Reconciler(
                runs,
                new Reconciler.Rules(machine, admission),
                new Effects(
                        guardedStore,
                        guardedBroker,
                        guardedLauncher,
                        environments,
                        (workflow, spec) -> forgotten.add(workflow),
                        clock),
                new Reconciler.Surroundings(guardedStore, guardedLauncher, watch, Leadership.ALONE),
                new Reconciler.Preparation(run -> preparer.prepare(run), new DirectExecutor(), Duration.ofSeconds(5)),
                clock);
        intake = new EventIntake(guardedStore, runs, machine, watch, NO_SCHEMAS, key -> {}, reconciler.tally(), clock);
    }

    String create(String queueId, String workflow) {
        runs.create(List.of(Run.pending(queueId, Runs.origin(workflow))), List.of());
        return queueId;
    }

    void command(String queueId, UserCommand command) {
        runs.update(queueId, run -> new RunMachine(LIMITS).on(run, command, "user", clock.instant()));
    }

    Run run(String queueId) {
        return store.run(queueId).orElseThrow();
    }

    String waitingFor(String queueId) {
        return reconciler.waitingFor(queueId).orElse("");
    }

    String state(String queueId) {
        return run(queueId).state().label();
    }

    /** One second in which everybody does something. */
    void second() {
        clock.advance(Duration.ofSeconds(1));
        guarded(() -> {
            watch.check();
            readEvents();
            if (!caughtUp) {
                watch.caughtUp();
                caughtUp = true;
            }
        });
        guarded(() -> {
            reconciler.refresh(refreshed ? 1 : 0);
            refreshed = true;
            reconciler.admit();
            for (String queueId : runs.ids()) {
                reconciler.pass(queueId, clock.instant());
            }
        });
        workers.work();
    }

    void until(BooleanSupplier condition) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i == 200) {
                throw new AssertionError("not reached within 200 s");
            }
            second();
        }
    }

    private void readEvents() {
        int from = store.offsets(Topics.EVENTS).getOrDefault(0, 0L).intValue();
        int to = workers.log().size();
        if (from < to) {
            intake.take(List.copyOf(workers.log().subList(from, to)), Map.of(0, (long) to));
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (Crash e) {
            crashed = true;
        }
        if (crashed) {
            crashes++;
            restart();
        }
    }

    private <T> T guard(Class<T> type, T target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    point();
                    @Nullable Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    point();
                    return result;
                });
        return type.cast(proxy);
    }

    private void point() {
        if (crashed) {
            throw new Crash();
        }
        calls++;
        if (calls == crashAt) {
            crashed = true;
            throw new Crash();
        }
    }

    /** Not an exception, so that no handler takes it for a fault that passes. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class DirectExecutor extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
