package io.streamforge.queue.prepare;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphConnector;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.References;
import io.streamforge.connector.SinkConnector;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.graph.GraphStores;
import java.util.Map;

/** Reaches stored graphs by the connectors on the class path. */
public final class CatalogGraphs implements GraphStores {

    private final Catalog catalog;
    private final ConnectorOptions resolved;

    public CatalogGraphs(Catalog catalog, References.Resolver references) {
        this.catalog = catalog;
        resolved = new ConnectorOptions(references);
    }

    @Override
    public boolean holdsGraphs(String connector) {
        return catalog.sink(connector).filter(GraphConnector.class::isInstance).isPresent();
    }

    @Override
    public GraphStore open(String connector, Map<String, Object> options) throws ConnectorException {
        SinkConnector found = catalog.sink(connector).orElseThrow(() -> ConnectorOptions.notLoaded(connector));
        if (found instanceof GraphConnector graphs) {
            return graphs.graph(resolved.of(found.descriptor().sink(), options));
        }
        throw new ConnectorException(
                "GRAPH-UNSUPPORTED",
                Category.FATAL,
                "connector '" + connector + "' cannot be asked about graphs",
                "write the graph to arangodb, mysql, postgresql or sqlite");
    }
}
