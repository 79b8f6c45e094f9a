package io.streamforge.queue.prepare;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SourceContext;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.Planner;
import io.streamforge.model.WorkflowParser;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.reconcile.Traces;
import io.streamforge.queue.secret.SecretStore;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the source of a streaming workflow remove what it keeps in its system, then removes the workflow's secrets. */
public final class SourceTraces implements Traces {

    private static final Logger log = LoggerFactory.getLogger(SourceTraces.class);

    private final ConnectorDescriptors descriptors;
    private final CatalogDiscoverer connectors;
    private final SecretStore secrets;

    public SourceTraces(ConnectorDescriptors descriptors, CatalogDiscoverer connectors, SecretStore secrets) {
        this.descriptors = descriptors;
        this.connectors = connectors;
        this.secrets = secrets;
    }

    @Override
    public void remove(String workflow, Map<String, Object> spec) {
        WorkflowParser.ofDocument(spec)
                .spec()
                .filter(parsed -> parsed.mode() == WorkflowSpec.Mode.STREAMING)
                .ifPresent(parsed -> forget(workflow, descriptors.source(parsed)));
        secrets.removeAll(workflow + ".");
    }

    private void forget(String workflow, WorkflowSpec.Endpoint source) {
        try {
            connectors.forget(source.connector(), source.options(), new SourceContext(workflow, Planner.SOURCE));
        } catch (ConnectorException e) {
            log.atWarn()
                    .addKeyValue("workflow", workflow)
                    .addKeyValue("connector", source.connector())
                    .addKeyValue("code", e.error().code())
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("suggestion", e.error().suggestion())
                    .log("what the deleted workflow kept in its source's system may still be there");
        }
    }
}
