package io.streamforge.connector.arango;

import com.arangodb.ArangoDB;
import com.arangodb.Protocol;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.RowSchema;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options in their final form.
 *
 * @param password empty when none was given
 * @param graph name of a named graph, whose collections are named after it; empty for a collection
 * @param collection to write to; the graph's name for a graph
 * @param key empty when the rows' own key is used
 */
record Settings(
        List<Host> hosts,
        boolean tls,
        String database,
        String username,
        String password,
        Optional<String> graph,
        String collection,
        Mode mode,
        List<String> key,
        boolean createCollection,
        int batchSize,
        Duration timeout) {

    private static final int DEFAULT_PORT = 8529;
    private static final Pattern COLLECTION = Pattern.compile("[^/:\\s\\p{Cntrl}_0-9.][^/:\\p{Cntrl}]{0,255}");

    enum Mode {
        INSERT,
        UPSERT,
        UPDATE
    }

    record Host(String name, int port) {

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    static Settings of(Options options) throws ConnectorException {
        List<URI> urls = urls(options.string("url"));
        Optional<String> graph = options.optional("graph");
        String collection = collection(graph, options.optional("collection"));
        if (!COLLECTION.matcher(collection).matches()) {
            throw refused(
                    graph.isPresent() ? "graph" : "collection",
                    "'" + collection + "' is not a name of a collection",
                    "begin with a letter and use no slashes or colons");
        }
        List<Host> hosts = new ArrayList<>();
        for (URI url : urls) {
            hosts.add(new Host(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort()));
        }
        return new Settings(
                List.copyOf(hosts),
                urls.get(0).getScheme().equals("https"),
                options.string("database"),
                options.string("username"),
                options.optional("password").orElse(""),
                graph,
                collection,
                Mode.valueOf(options.string("mode").toUpperCase(Locale.ROOT)),
                options.list("key"),
                options.flag("create_collection"),
                (int) options.integer("batch_size"),
                options.duration("timeout"));
    }

    private static String collection(Optional<String> graph, Optional<String> collection) throws ConnectorException {
        if (graph.isPresent() == collection.isPresent()) {
            throw refused(
                    "collection",
                    "one of collection and graph is needed",
                    "name the graph when the rows are vertices and edges, otherwise the collection");
        }
        return graph.or(() -> collection).orElseThrow();
    }

    /** A client with so many connections; whoever asks for it shuts it down. */
    ArangoDB connect(int connections) {
        ArangoDB.Builder builder = new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .useSsl(tls)
                .user(username)
                .password(password)
                .maxConnections(connections)
                .timeout((int) timeout.toMillis());
        hosts.forEach(host -> builder.host(host.name(), host.port()));
        return builder.build();
    }

    /** The collection that rows of a table go to. */
    String collectionOf(RowSchema schema) {
        return graph.map(name -> name + "_" + schema.name()).orElse(collection);
    }

    private static List<URI> urls(String written) throws ConnectorException {
        List<URI> urls = new ArrayList<>();
        for (String part : written.split(",", -1)) {
            urls.add(url(part.strip()));
        }
        if (urls.stream().map(URI::getScheme).distinct().count() > 1) {
            throw refused("url", "http and https are mixed", "use the same scheme for all servers");
        }
        return urls;
    }

    private static URI url(String text) throws ConnectorException {
        String hint = "write http://host:8529 or https://host:8529; user and database are options of their own";
        try {
            URI url = URI.create(text);
            boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = url.getUserInfo() == null
                    && (url.getPath() == null || url.getPath().length() <= 1);
            if (known && bare && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw refused("url", "a server's address cannot be read", hint);
        }
        throw refused("url", "a server's address is not scheme, host and port", hint);
    }

    private static ConnectorException refused(String option, String message, String suggestion) {
        return new ConnectorException(
                new ErrorInfo("ARANGODB-OPTION", Category.FATAL, option + ": " + message, option, suggestion), null);
    }
}
