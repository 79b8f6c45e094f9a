package io.streamforge.queue.reconcile;

import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.EventFeed;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;

/** The reconciler with what feeds it: the events of the workers. */
public final class ControlLoop implements AutoCloseable {

    private final Reconciler reconciler;
    private final EventFeed events;
    private final EventIntake intake;

    private ControlLoop(Reconciler reconciler, EventFeed events, EventIntake intake) {
        this.reconciler = reconciler;
        this.events = events;
        this.intake = intake;
    }

    /**
     * @param preparations how many runs are prepared at the same time
     * @param timeout of one preparation
     */
    public record Settings(Admission admission, int preparations, Duration timeout) {}

    /** What the loop works with. */
    public record Parts(
            Store store,
            RunBook runs,
            RunMachine machine,
            Broker broker,
            EventFeed events,
            Launcher launcher,
            WorkerEnvironments environments,
            BrokerWatch watch,
            Preparer preparer) {}

    public static ControlLoop of(Settings settings, Parts parts, Clock clock) {
        Reconciler reconciler = new Reconciler(
                parts.runs(),
                new Reconciler.Rules(parts.machine(), settings.admission()),
                new Effects(parts.store(), parts.broker(), parts.launcher(), parts.environments(), clock),
                // There is one queue-manager; several would agree on who leads by a lease.
                new Reconciler.Surroundings(parts.store(), parts.launcher(), parts.watch(), () -> true),
                new Reconciler.Preparation(
                        parts.preparer(),
                        Executors.newFixedThreadPool(settings.preparations(), Threads.named("preparation")),
                        settings.timeout()),
                clock);
        EventIntake intake = new EventIntake(
                parts.store(), parts.runs(), parts.machine(), parts.watch(), reconciler::trigger, clock);
        return new ControlLoop(reconciler, parts.events(), intake);
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    public void start() {
        reconciler.start();
        events.start(intake);
    }

    @Override
    public void close() {
        reconciler.close();
        events.close();
    }
}
