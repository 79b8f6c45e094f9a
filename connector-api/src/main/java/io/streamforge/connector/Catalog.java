package io.streamforge.connector;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The connectors, operators and stages on the class path, by name. */
public final class Catalog {

    private final Map<String, Connector> connectors = new TreeMap<>();
    private final Map<String, OperatorProvider> operators = new TreeMap<>();
    private final Map<String, StageProvider> stages = new TreeMap<>();

    private Catalog() {}

    /** Loads every registered connector, operator and stage. */
    public static Catalog load() {
        Catalog catalog = new Catalog();
        ServiceLoader.load(Connector.class)
                .forEach(connector ->
                        catalog.connectors.put(connector.descriptor().name(), connector));
        ServiceLoader.load(OperatorProvider.class)
                .forEach(operator -> catalog.operators.put(operator.name(), operator));
        ServiceLoader.load(StageProvider.class).forEach(stage -> catalog.stages.put(stage.name(), stage));
        return catalog;
    }

    public Map<String, Connector> connectors() {
        return java.util.Collections.unmodifiableMap(connectors);
    }

    public Map<String, OperatorProvider> operators() {
        return java.util.Collections.unmodifiableMap(operators);
    }

    public Map<String, StageProvider> stages() {
        return java.util.Collections.unmodifiableMap(stages);
    }

    public Optional<SourceConnector> source(String name) {
        return Optional.ofNullable(connectors.get(name))
                .filter(SourceConnector.class::isInstance)
                .map(SourceConnector.class::cast);
    }

    public Optional<SinkConnector> sink(String name) {
        return Optional.ofNullable(connectors.get(name))
                .filter(SinkConnector.class::isInstance)
                .map(SinkConnector.class::cast);
    }
}
