package io.streamforge.queue.reconcile;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.EventFeed;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reconciler with what feeds it, the events of the workers, and who else works on the runs while this queue-manager leads.
 * Where several share the work, what the others have written is looked for all the time.
 */
public final class ControlLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Reconciler reconciler;
    private final EventFeed events;
    private final EventIntake intake;
    private final RunBook runs;
    private final BrokerWatch watch;
    private final Leadership leadership;
    private final List<Duty> duties;
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(Threads.named("leadership"));
    private final MultiCollector metrics;
    private boolean leading;

    private ControlLoop(Reconciler reconciler, EventIntake intake, Parts parts, Clock clock) {
        this.reconciler = reconciler;
        this.intake = intake;
        events = parts.events();
        runs = parts.runs();
        watch = parts.watch();
        leadership = parts.leadership();
        duties = List.copyOf(parts.duties());
        metrics = new RunMetrics(runs, reconciler.tally(), watch, leadership, clock).collector();
    }

    /**
     * @param preparations how many runs are prepared at the same time
     * @param timeout of one preparation
     */
    public record Settings(Admission admission, int preparations, Duration timeout) {}

    /** What is done only while this queue-manager leads; both methods are called by one thread, in turns. */
    public interface Duty {

        void takeUp();

        /** Returns when nothing is done any more. */
        void layDown();
    }

    /**
     * What the loop works with.
     *
     * @param schemas registers what a source waits for
     */
    public record Parts(
            Store store,
            RunBook runs,
            RunMachine machine,
            Broker broker,
            EventFeed events,
            Launcher launcher,
            WorkerEnvironments environments,
            BrokerWatch watch,
            Preparer preparer,
            Traces traces,
            Schemas schemas,
            Leadership leadership,
            List<Duty> duties) {}

    public static ControlLoop of(Settings settings, Parts parts, Clock clock) {
        Reconciler reconciler = new Reconciler(
                parts.runs(),
                new Reconciler.Rules(parts.machine(), settings.admission()),
                new Effects(
                        parts.store(), parts.broker(), parts.launcher(), parts.environments(), parts.traces(), clock),
                new Reconciler.Surroundings(parts.store(), parts.launcher(), parts.watch(), parts.leadership()),
                new Reconciler.Preparation(
                        parts.preparer(),
                        Executors.newFixedThreadPool(settings.preparations(), Threads.named("preparation")),
                        settings.timeout()),
                clock);
        EventIntake intake = new EventIntake(
                parts.store(),
                parts.runs(),
                parts.machine(),
                parts.watch(),
                parts.schemas(),
                reconciler::trigger,
                reconciler.tally(),
                clock);
        return new ControlLoop(reconciler, intake, parts, clock);
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    /** What Prometheus is told of the runs and of the loop itself. */
    public MultiCollector metrics() {
        return metrics;
    }

    public void start() {
        leadership.start();
        look();
        reconciler.start();
        var unused = watcher.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        try {
            boolean leads = leadership.leads();
            if (leads != leading) {
                leading = leads;
                if (leads) {
                    takeUp();
                } else {
                    layDown();
                }
            } else if (leads && leadership.shared()) {
                runs.catchUp().forEach(reconciler::noticed);
            }
        } catch (StoreException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("store is away");
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("looking after the leadership failed");
        }
    }

    private void takeUp() {
        log.atInfo().log("this queue-manager leads");
        watch.behind();
        runs.open();
        reconciler.takeUp();
        events.start(intake);
        duties.forEach(Duty::takeUp);
    }

    private void layDown() {
        log.atInfo().log("this queue-manager does not lead");
        reconciler.layDown();
        events.close();
        runs.shut();
        duties.forEach(Duty::layDown);
    }

    /** Stops acting, and only then lets another lead. */
    @Override
    public void close() {
        watcher.shutdownNow();
        synchronized (this) {
            if (leading) {
                leading = false;
                layDown();
            }
        }
        reconciler.close();
        leadership.close();
    }
}
