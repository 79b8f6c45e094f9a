package io.streamforge.queue.prepare;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Problem;
import io.streamforge.connector.References;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.model.Discoverer;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;

/** Asks systems by the connectors on the class path, with the references that workers will see. */
public final class CatalogDiscoverer implements Discoverer {

    private final Catalog catalog;
    private final ConnectorOptions resolved;

    public CatalogDiscoverer(Catalog catalog, References.Resolver references) {
        this.catalog = catalog;
        resolved = new ConnectorOptions(references);
    }

    @Override
    public Discovery discover(String connector, Map<String, Object> options) throws ConnectorException {
        try (Source source = source(connector, options)) {
            return source.discover();
        } catch (ConnectorException e) {
            throw e;
        } catch (Exception e) {
            throw unexpected(connector, e);
        }
    }

    /** Has a source remove what it keeps in its system for a workflow; see {@link Source#forget}. */
    void forget(String connector, Map<String, Object> options, SourceContext context) throws ConnectorException {
        try (Source source = source(connector, options)) {
            source.forget(context);
        } catch (ConnectorException e) {
            throw e;
        } catch (Exception e) {
            throw unexpected(connector, e);
        }
    }

    private Source source(String connector, Map<String, Object> options) throws ConnectorException {
        SourceConnector found = catalog.source(connector).orElseThrow(() -> ConnectorOptions.notLoaded(connector));
        return found.source(resolved.of(found.descriptor().source(), options));
    }

    @Override
    public List<Problem> check(String connector, Map<String, Object> options, List<RowSchema> schemas)
            throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> ConnectorOptions.notLoaded(connector));
        try (Sink sink = found.sink(resolved.of(found.descriptor().sink(), options))) {
            return sink.check(schemas);
        }
    }

    @Override
    public List<Problem> checkEvolving(String connector, Map<String, Object> options, List<RowSchema> schemas)
            throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> ConnectorOptions.notLoaded(connector));
        try (Sink sink = found.sink(resolved.of(found.descriptor().sink(), options))) {
            return sink.checkEvolving(schemas);
        }
    }

    @Override
    public boolean takesNewTables(String connector, Map<String, Object> options) throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> ConnectorOptions.notLoaded(connector));
        try (Sink sink = found.sink(resolved.of(found.descriptor().sink(), options))) {
            return sink.takesNewTables();
        }
    }

    @Override
    public List<Problem> checkTarget(String connector, Map<String, Object> options) throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> ConnectorOptions.notLoaded(connector));
        try (Sink sink = found.sink(resolved.of(found.descriptor().sink(), options))) {
            return sink.check(List.of());
        }
    }

    private static ConnectorException unexpected(String connector, Exception cause) {
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        return new ConnectorException(
                "CONNECTOR-FAILED",
                Category.TRANSIENT,
                "connector '" + connector + "' could not be closed",
                null,
                cause);
    }
}
