package io.streamforge.queue.prepare;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.Planner;
import io.streamforge.model.WorkflowParser;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.reconcile.ControlLoop;
import io.streamforge.queue.reconcile.Traces;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the source of a streaming workflow remove what it keeps in its system, then removes the workflow's secrets. Where the system is
 * away it tries again, until it is done or a workflow of this name is there again; who leads next goes on with what the store keeps.
 */
public final class SourceTraces implements Traces, ControlLoop.Duty, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SourceTraces.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final ConnectorDescriptors descriptors;
    private final CatalogDiscoverer connectors;
    private final SecretStore secrets;
    private final Store store;
    private final Duration pause;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "traces");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param pause before the second attempt; twice as long before each other one
     */
    public SourceTraces(
            ConnectorDescriptors descriptors,
            CatalogDiscoverer connectors,
            SecretStore secrets,
            Store store,
            Duration pause) {
        this.descriptors = descriptors;
        this.connectors = connectors;
        this.secrets = secrets;
        this.store = store;
        this.pause = pause;
    }

    /** Goes on with what others have not come to the end of. Runs that are under way do so themselves when they have ended. */
    @Override
    public void takeUp() {
        var unused = later.submit(this::goOn);
    }

    private void goOn() {
        try {
            store.remnants().stream()
                    .filter(remnant -> store.runs(new RunFilter(remnant.workflow(), RunState.UNDER_WAY, 0, 1))
                                    .total()
                            == 0)
                    .forEach(remnant -> again(remnant.workflow(), remnant.spec(), pause));
        } catch (StoreException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("store is away");
            var unused = later.schedule(this::goOn, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What is tried again here does no harm when another does so too. */
    @Override
    public void layDown() {}

    @Override
    public void remove(String workflow, Map<String, Object> spec) {
        remove(workflow, spec, pause);
    }

    private void remove(String workflow, Map<String, Object> spec, Duration next) {
        boolean done = WorkflowParser.ofDocument(spec)
                .spec()
                .filter(parsed -> parsed.mode() == WorkflowSpec.Mode.STREAMING)
                .map(parsed -> forget(workflow, descriptors.source(parsed)))
                .orElse(true);
        if (done) {
            secrets.removeAll(workflow + ".");
            store.write(List.of(new Write.RemoveRemnant(workflow)));
        } else {
            var unused = later.schedule(() -> again(workflow, spec, next), next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void again(String workflow, Map<String, Object> spec, Duration before) {
        Duration twice = before.multipliedBy(2);
        Duration next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        try {
            if (store.workflow(workflow).isPresent()) {
                store.write(List.of(new Write.RemoveRemnant(workflow)));
            } else {
                remove(workflow, spec, next);
            }
        } catch (StoreException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("store is away");
            var unused = later.schedule(() -> again(workflow, spec, next), next.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("workflow", workflow).setCause(e).log("removing what a workflow has left failed");
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    /** False when it is worth another attempt. */
    private boolean forget(String workflow, WorkflowSpec.Endpoint source) {
        try {
            connectors.forget(source.connector(), source.options(), new SourceContext(workflow, Planner.SOURCE));
            return true;
        } catch (ConnectorException e) {
            log.atWarn()
                    .addKeyValue("workflow", workflow)
                    .addKeyValue("connector", source.connector())
                    .addKeyValue("code", e.error().code())
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("suggestion", e.error().suggestion())
                    .log("what the deleted workflow kept in its source's system may still be there");
            return e.error().category() == Category.FATAL || e.error().category() == Category.DATA;
        }
    }
}
