package io.streamforge.connector.arango;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDB;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import com.arangodb.ArangoDatabase;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.arango.Settings.Mode;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A collection to write to, or the two of a graph. */
final class ArangoSink implements Sink {

    private static final Set<String> RESERVED = Set.of("_key", "_id", "_rev", "_from", "_to", Versions.ATTRIBUTE);
    private static final int CONNECTIONS = 2;

    private final Settings settings;
    private @Nullable ArangoDB client;

    ArangoSink(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Problem> check(RowSchema schema) throws ConnectorException {
        List<Problem> problems = new ArrayList<>(shape(schema));
        problems.addAll(target());
        return problems;
    }

    @Override
    public List<Problem> check(List<RowSchema> schemas) throws ConnectorException {
        if (schemas.isEmpty()) {
            return target();
        }
        if (settings.graph().isEmpty()) {
            return Sink.super.check(schemas);
        }
        List<Problem> problems = new ArrayList<>(shapes(schemas));
        problems.addAll(target());
        return problems;
    }

    private List<Problem> target() throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        String attempt = "checking " + settings.hosts();
        try {
            Server server = Server.of(client());
            if (settings.mode() == Mode.UPDATE && !server.versionGuard()) {
                problems.add(new Problem(
                        "ARANGODB-VERSION",
                        "mode",
                        "update needs ArangoDB 3.12, this is " + server.version(),
                        "use upsert"));
            }
            problems.addAll(places().missing(client().db(settings.database())));
            return problems;
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain(attempt, e);
        }
    }

    @Override
    public SinkWriter open(SinkContext context) throws ConnectorException {
        List<Problem> problems = shapes(context.schemas());
        if (!problems.isEmpty()) {
            Problem first = problems.get(0);
            throw new ConnectorException(
                    first.code(), Category.FATAL, first.path() + ": " + first.message(), first.suggestion());
        }
        try {
            ArangoDB connected = client();
            ArangoDatabase database = connected.db(settings.database());
            if (settings.createCollection()) {
                places().create(database);
            }
            ArangoSinkWriter writer = new ArangoSinkWriter();
            Server server = Server.of(connected);
            for (RowSchema schema : context.schemas()) {
                writer.add(writer(connected, server, context.topic(), schema, writer));
            }
            return writer;
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain("preparing collection '" + settings.collection() + "'", e);
        }
    }

    private CollectionWriter writer(
            ArangoDB connected, Server server, String topic, RowSchema schema, ArangoSinkWriter whole) {
        ArangoDatabase database = connected.db(settings.database());
        ArangoCollection collection = database.collection(settings.collectionOf(schema));
        Versions versions = Versions.open(connected, database, collection.name(), topic, settings.mode());
        Requests requests = Requests.of(server, collection, settings.mode());
        boolean edges = settings.graph().isPresent() && schema.indexOf(EdgeEnds.FROM) >= 0;
        EdgeEnds ends = edges ? new EdgeEnds(places().vertices(), schema) : null;
        return new CollectionWriter(settings, topic, schema, requests, versions, ends, whole::closed);
    }

    @Override
    public synchronized void close() {
        ArangoDB connected = client;
        client = null;
        if (connected != null) {
            connected.shutdown();
        }
    }

    private List<Problem> shapes(List<RowSchema> schemas) {
        if (settings.graph().isEmpty()) {
            return shape(schemas.get(0));
        }
        List<Problem> problems = new ArrayList<>();
        List<String> tables = schemas.stream().map(RowSchema::name).sorted().toList();
        if (!tables.equals(Stream.of(Places.VERTICES, Places.EDGES).sorted().toList())) {
            problems.add(new Problem(
                    "ARANGODB-NO-GRAPH",
                    "graph",
                    "a graph takes the tables vertices and edges, the rows are of " + String.join(", ", tables),
                    "make them by the operator graph, or name a collection instead"));
        }
        schemas.forEach(schema -> problems.addAll(shape(schema)));
        return problems;
    }

    private List<Problem> shape(RowSchema schema) {
        List<Problem> problems = new ArrayList<>();
        for (Column column : schema.columns()) {
            if (RESERVED.contains(column.name())) {
                problems.add(new Problem(
                        "ARANGODB-RESERVED",
                        "columns." + column.name(),
                        "column '" + column.name() + "' has a name that documents need for themselves",
                        "rename it with a map operator"));
            }
        }
        for (String part : settings.key()) {
            if (schema.indexOf(part) < 0) {
                problems.add(new Problem("UNKNOWN-COLUMN", "key", "'" + part + "' is not a column of the rows", null));
            }
        }
        if (settings.mode() != Mode.INSERT && settings.key().isEmpty() && !schema.keyed()) {
            problems.add(new Problem(
                    "ARANGODB-NO-KEY",
                    "key",
                    "the rows have no key to find their documents by",
                    "name its columns, or use mode insert"));
        }
        return problems;
    }

    private Places places() {
        return new Places(settings);
    }

    private synchronized ArangoDB client() {
        ArangoDB connected = client;
        if (connected == null) {
            connected = settings.connect(CONNECTIONS);
            client = connected;
        }
        return connected;
    }
}
