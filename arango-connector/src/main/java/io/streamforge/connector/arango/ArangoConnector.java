package io.streamforge.connector.arango;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphConnector;
import io.streamforge.connector.GraphStore;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import java.util.List;

/** ArangoDB 3.11 and newer. */
public final class ArangoConnector implements GraphConnector {

    private static final String GUARANTEE =
            "Effectively once. Keyed rows: upserts by key with a version, so a row that is written again, or late, never replaces a"
                    + " newer one; deletes are guarded likewise. Rows without a key: the document's key is the record's topic,"
                    + " partition and offset, so a row that is written again is found to be there already.";

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "arangodb",
                "ArangoDB",
                "ArangoDB 3.11 and newer, tested against a stub of its documented API and, where Docker runs the tests, against"
                        + " 3.12. Writes rows as documents of a collection, in bulk. DECIMAL, UINT64, UUID, dates, times and intervals are stored"
                        + " as strings, BYTES as base64, JSON, ARRAY and MAP natively (fractions and integers beyond 64 bits in"
                        + " JSON become doubles), everything else as JSON's own types.",
                null,
                new Role("arango-connector", options(), GUARANTEE));
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        return new ArangoSink(Settings.of(options));
    }

    @Override
    public GraphStore graph(Options options) throws ConnectorException {
        return ArangoGraph.open(Settings.of(options));
    }

    private static List<OptionSpec> options() {
        return List.of(
                OptionSpec.of(
                                "url",
                                OptionType.STRING,
                                "The server, or several separated by commas, of which one is used.")
                        .withRequired()
                        .withExample("http://localhost:8529"),
                OptionSpec.of("database", OptionType.STRING, "The database.").withDefault("streamforge"),
                OptionSpec.of("username", OptionType.STRING, "The user.").withDefault("root"),
                OptionSpec.of("password", OptionType.STRING, "The user's password.")
                        .withSecret()
                        .withExample("${secret:arango}"),
                OptionSpec.of(
                                "collection",
                                OptionType.STRING,
                                "The document collection to write to. Either collection or graph.")
                        .withExample("btcusdt_api_candles_5m_2024_08_01"),
                OptionSpec.of(
                                "graph",
                                OptionType.STRING,
                                "The named graph to write the tables vertices and edges of the operator graph to: the collection"
                                        + " <graph>_vertices and the edge collection <graph>_edges.")
                        .withExample("market"),
                OptionSpec.of(
                                "mode",
                                OptionType.STRING,
                                "insert: a document whose key is taken is rejected. upsert: the row's attributes are put into the"
                                        + " document, others stay. update: as upsert, but a row without its document is rejected.")
                        .withAllowed("insert", "upsert", "update")
                        .withDefault("upsert"),
                OptionSpec.of(
                                "key",
                                OptionType.LIST,
                                "The columns the document's key is made from; the key of the rows when absent. Characters that a"
                                        + " key may not hold are written as %XX, columns are separated by commas, and what is longer"
                                        + " than 254 bytes is replaced by its SHA-256.")
                        .withExample("[symbol, open_time]"),
                OptionSpec.of(
                                "create_collection",
                                OptionType.BOOLEAN,
                                "Whether the database, the collection (the graph, its collections and their indexes) and streamforge_versions (it keeps what versions are made of) are"
                                        + " created when they do not exist.")
                        .withDefault("true"),
                OptionSpec.of("batch_size", OptionType.INTEGER, "The most documents per request.")
                        .withDefault("2000")
                        .withBounds(1, 10_000),
                OptionSpec.of("timeout", OptionType.DURATION, "How long a request may take.")
                        .withDefault("30s")
                        .withBounds(100, 600_000));
    }
}
