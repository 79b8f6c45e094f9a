package io.streamforge.queue.prepare;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.References;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.model.Discoverer;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks systems by the connectors on the class path, with the references that workers will see. */
public final class CatalogDiscoverer implements Discoverer {

    private final Catalog catalog;
    private final References.Resolver references;

    public CatalogDiscoverer(Catalog catalog, References.Resolver references) {
        this.catalog = catalog;
        this.references = references;
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
        SourceConnector found = catalog.source(connector).orElseThrow(() -> notLoaded(connector));
        return found.source(options(found.descriptor().source(), options));
    }

    @Override
    public List<Problem> check(String connector, Map<String, Object> options, List<RowSchema> schemas)
            throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> notLoaded(connector));
        try (Sink sink = found.sink(options(found.descriptor().sink(), options))) {
            return sink.check(schemas);
        }
    }

    @Override
    public List<Problem> checkEvolving(String connector, Map<String, Object> options, List<RowSchema> schemas)
            throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> notLoaded(connector));
        try (Sink sink = found.sink(options(found.descriptor().sink(), options))) {
            return sink.checkEvolving(schemas);
        }
    }

    @Override
    public List<Problem> checkTarget(String connector, Map<String, Object> options) throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> notLoaded(connector));
        try (Sink sink = found.sink(options(found.descriptor().sink(), options))) {
            return sink.check(List.of());
        }
    }

    private Options options(ConnectorDescriptor.@Nullable Role role, Map<String, Object> written)
            throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> resolved = References.resolve(written, references, problems);
        if (problems.isEmpty()) {
            var parsed = new OptionParser(Objects.requireNonNull(role).options()).parse(resolved, problems);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
        Problem first = problems.get(0);
        throw new ConnectorException(
                new ErrorInfo(first.code(), Category.FATAL, first.message(), first.path(), first.suggestion()), null);
    }

    private static ConnectorException notLoaded(String connector) {
        return new ConnectorException(
                "CONNECTOR-NOT-LOADED",
                Category.FATAL,
                "connector '" + connector + "' is known here by its description only and cannot ask the system",
                "put the connector's jar on queue-manager's class path");
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
