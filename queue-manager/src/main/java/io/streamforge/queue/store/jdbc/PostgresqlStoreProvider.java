package io.streamforge.queue.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreProvider;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code postgresql://host:port/database}, properties {@code username} and {@code password}. */
public final class PostgresqlStoreProvider implements StoreProvider {

    private static final String SCHEME = "postgresql://";
    private static final int CONNECTIONS = 6;
    private static final int CONNECT_TIMEOUT_SECONDS = 10;

    @Override
    public boolean accepts(String url) {
        return url.startsWith(SCHEME);
    }

    @Override
    public Store open(String url, Map<String, String> properties) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:" + url);
        source.setUser(properties.get("username"));
        source.setPassword(properties.get("password"));
        source.setApplicationName("streamforge-queue-manager");
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(CONNECTIONS);
        return JdbcStore.open(pool, new Postgresql(withoutParameters(url)));
    }

    private static String withoutParameters(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }
}
