package io.streamforge.queue.store.arango;

import com.arangodb.ArangoDB;
import com.arangodb.ArangoDatabase;
import com.arangodb.Protocol;
import com.arangodb.springframework.config.ArangoConfiguration;
import com.arangodb.springframework.core.ArangoOperations;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.store.StoreProvider;
import java.net.URI;
import java.util.Map;

/**
 * {@code arangodb://host:port/database}, or {@code arangodb+tls://…}; properties {@code username} and {@code password}. The
 * database is made when it does not exist.
 */
public final class ArangoStoreProvider implements StoreProvider {

    private static final String SCHEME = "arangodb";
    private static final String TLS_SCHEME = "arangodb+tls";
    private static final int DEFAULT_PORT = 8529;
    private static final int TIMEOUT_MILLIS = 30_000;

    @Override
    public boolean accepts(String url) {
        return url.startsWith(SCHEME + "://") || url.startsWith(TLS_SCHEME + "://");
    }

    @Override
    public Store open(String url, Map<String, String> properties) {
        URI address = address(url);
        String name = address.getPath().substring(1);
        ArangoDB.Builder driver = new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .host(address.getHost(), address.getPort() < 0 ? DEFAULT_PORT : address.getPort())
                .useSsl(TLS_SCHEME.equals(address.getScheme()))
                .timeout(TIMEOUT_MILLIS)
                .user(properties.getOrDefault("username", "root"))
                .password(properties.getOrDefault("password", ""));
        ArangoOperations operations = operations(driver, name, url);
        try {
            ArangoDatabase database = operations.driver().db(name);
            if (!database.exists()) {
                Failures.unlessThere(database::create);
            }
            ArangoStore store = new ArangoStore(operations, database, url);
            store.migrate(database);
            return store;
        } catch (StoreException e) {
            operations.driver().shutdown();
            throw e;
        } catch (RuntimeException e) {
            operations.driver().shutdown();
            throw new StoreException("metadata store " + url + ": " + Failures.explain(e), e);
        }
    }

    private static ArangoOperations operations(ArangoDB.Builder driver, String database, String url) {
        ArangoConfiguration configuration = new ArangoConfiguration() {
            @Override
            public ArangoDB.Builder arango() {
                return driver;
            }

            @Override
            public String database() {
                return database;
            }
        };
        try {
            return configuration.arangoTemplate();
        } catch (Exception e) {
            throw new StoreException("metadata store " + url + ": cannot be configured", e);
        }
    }

    private static URI address(String url) {
        String hint =
                "metadata store: write arangodb://host:port/database; user and password are properties of their own";
        try {
            URI address = URI.create(url);
            boolean complete = address.getHost() != null && address.getPath().matches("/[^/]+");
            if (complete && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new StoreException(hint, e);
        }
        throw new StoreException(hint);
    }
}
