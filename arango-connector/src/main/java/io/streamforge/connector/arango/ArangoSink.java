package io.streamforge.connector.arango;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDB;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import com.arangodb.ArangoDatabase;
import com.arangodb.Protocol;
import com.arangodb.entity.CollectionType;
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
import org.jspecify.annotations.Nullable;

/** A collection to write to. */
final class ArangoSink implements Sink {

    private static final Set<String> RESERVED = Set.of("_key", "_id", "_rev", Versions.ATTRIBUTE);
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
        return schemas.isEmpty() ? target() : Sink.super.check(schemas);
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
            problems.addAll(place());
            return problems;
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain(attempt, e);
        }
    }

    @Override
    public SinkWriter open(SinkContext context) throws ConnectorException {
        List<Problem> problems = shape(context.schema());
        if (!problems.isEmpty()) {
            Problem first = problems.get(0);
            throw new ConnectorException(
                    first.code(), Category.FATAL, first.path() + ": " + first.message(), first.suggestion());
        }
        try {
            ArangoDB connected = client();
            ArangoDatabase database = connected.db(settings.database());
            if (settings.createCollection()) {
                create(database);
            }
            ArangoCollection collection = database.collection(settings.collection());
            Versions versions = Versions.open(connected, database, collection.name(), context.topic(), settings.mode());
            Requests requests = Requests.of(Server.of(connected), collection, settings.mode());
            return new ArangoSinkWriter(settings, context, requests, versions);
        } catch (ArangoDBException | ArangoDBMultipleException e) {
            throw ArangoErrors.explain("preparing collection '" + settings.collection() + "'", e);
        }
    }

    @Override
    public synchronized void close() {
        ArangoDB connected = client;
        client = null;
        if (connected != null) {
            connected.shutdown();
        }
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

    private List<Problem> place() {
        ArangoDatabase database = client().db(settings.database());
        if (!database.exists()) {
            return missing("database", settings.database());
        }
        ArangoCollection collection = database.collection(settings.collection());
        if (!collection.exists()) {
            return missing("collection", settings.collection());
        }
        if (!database.collection(Versions.COLLECTION).exists()) {
            return missing("collection", Versions.COLLECTION);
        }
        boolean edges = collection.getInfo().getType() == CollectionType.EDGES;
        return edges
                ? List.of(new Problem(
                        "ARANGODB-EDGES", "collection", "it is an edge collection", "use a document collection"))
                : List.of();
    }

    private List<Problem> missing(String option, String name) {
        return settings.createCollection()
                ? List.of()
                : List.of(new Problem(
                        "ARANGODB-NOT-FOUND",
                        option,
                        "'" + name + "' does not exist",
                        "create it, or set create_collection to true"));
    }

    private void create(ArangoDatabase database) {
        if (!database.exists()) {
            unlessThere(database::create);
        }
        for (String name : List.of(settings.collection(), Versions.COLLECTION)) {
            if (!database.collection(name).exists()) {
                unlessThere(() -> database.createCollection(name));
            }
        }
    }

    /** Somebody else may create it at the same moment. */
    private static void unlessThere(Runnable creation) {
        try {
            creation.run();
        } catch (ArangoDBException e) {
            if (e.getErrorNum() == null || e.getErrorNum() != ArangoErrors.DUPLICATE_NAME) {
                throw e;
            }
        }
    }

    private synchronized ArangoDB client() {
        ArangoDB connected = client;
        if (connected == null) {
            ArangoDB.Builder builder = new ArangoDB.Builder()
                    .protocol(Protocol.HTTP_JSON)
                    .useSsl(settings.tls())
                    .user(settings.username())
                    .password(settings.password())
                    .maxConnections(CONNECTIONS)
                    .timeout((int) settings.timeout().toMillis());
            settings.hosts().forEach(host -> builder.host(host.name(), host.port()));
            connected = builder.build();
            client = connected;
        }
        return connected;
    }
}
