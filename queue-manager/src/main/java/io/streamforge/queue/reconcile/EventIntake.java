package io.streamforge.queue.reconcile;

import io.streamforge.messages.Event;
import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.queue.kafka.EventFeed;
import io.streamforge.queue.run.Change;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes workers' events into their runs. Offsets are written after the runs: what is read twice is ignored the second time,
 * because a run knows the last event of each of its workers.
 */
final class EventIntake implements EventFeed.Listener {

    private final Store store;
    private final RunBook runs;
    private final RunMachine machine;
    private final BrokerWatch watch;
    private final Schemas schemas;
    private final Consumer<String> trigger;
    private final ControlTally tally;
    private final Clock clock;

    EventIntake(
            Store store,
            RunBook runs,
            RunMachine machine,
            BrokerWatch watch,
            Schemas schemas,
            Consumer<String> trigger,
            ControlTally tally,
            Clock clock) {
        this.store = store;
        this.runs = runs;
        this.machine = machine;
        this.watch = watch;
        this.schemas = schemas;
        this.trigger = trigger;
        this.tally = tally;
        this.clock = clock;
    }

    @Override
    public Map<Integer, Long> offsets() {
        return store.offsets(Topics.EVENTS);
    }

    @Override
    public void take(List<Event> events, Map<Integer, Long> next) {
        Map<String, List<Event>> byRun =
                events.stream().collect(Collectors.groupingBy(Event::queueId, LinkedHashMap::new, Collectors.toList()));
        byRun.forEach((queueId, ofRun) -> {
            List<Task.Table> joining = joining(ofRun);
            runs.update(queueId, run -> all(run, ofRun, joining));
            trigger.accept(queueId);
        });
        events.forEach(event -> tally.tookIn(Duration.between(event.timestamp(), clock.instant())));
        changes(events).forEach(schemas::register);
        store.write(List.of(new Write.PutOffsets(Topics.EVENTS, next)));
    }

    private static Stream<SchemaChange> changes(List<Event> events) {
        return events.stream().map(Event::schemaChange).filter(Objects::nonNull).distinct();
    }

    /** The run knows of them before any worker does, so that each attempt from then on begins with them. */
    private List<Task.Table> joining(List<Event> events) {
        return changes(events)
                .flatMap(change -> schemas.joining(change).stream())
                .toList();
    }

    private Change all(Run run, List<Event> events, List<Task.Table> joining) {
        Change change = Change.of(run);
        for (Event event : events) {
            change = change.then(machine.on(change.run(), event, clock.instant()));
        }
        for (Task.Table table : joining) {
            change = change.then(machine.join(change.run(), table, clock.instant()));
        }
        return change;
    }

    @Override
    public void caughtUp() {
        watch.caughtUp();
    }
}
