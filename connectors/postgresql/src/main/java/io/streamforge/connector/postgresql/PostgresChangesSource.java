package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceContext;
import io.streamforge.connector.capture.Capture;
import io.streamforge.connector.capture.CapturePosition;
import io.streamforge.connector.capture.TablePatterns;
import io.streamforge.connector.jdbc.Failures;
import io.streamforge.connector.jdbc.PostgresConnections;
import io.streamforge.connector.jdbc.PostgresErrors;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Tables of a PostgreSQL database and their changes, as one split. */
final class PostgresChangesSource implements Source {

    private static final Split SPLIT = new Split("changes", Map.of());

    private final ChangesSettings settings;
    private final PostgresConnections connections;
    private final CapturedTables tables;
    private final WalErrors errors;
    private volatile String slot = "streamforge";
    private volatile boolean joining;
    private volatile @Nullable WalSession session;

    PostgresChangesSource(ChangesSettings settings) {
        this.settings = settings;
        connections = new PostgresConnections(settings.access());
        tables = new CapturedTables(settings);
        errors = new WalErrors(new PostgresErrors(new Failures(settings.access(), settings.place())), settings.place());
    }

    @Override
    public Discovery discover() throws ConnectorException {
        try (Connection connection = connections.connect("streamforge/plan")) {
            new Server(connection).requirePrepared();
            List<RowSchema> schemas = new ArrayList<>();
            for (TableId table : tables.find(connection)) {
                schemas.add(tables.schema(connection, table));
            }
            return new Discovery(
                    schemas,
                    List.of(SPLIT),
                    OptionalLong.empty(),
                    settings.capture().schemaChanges().followed(),
                    TablePatterns.open(settings.tables(), schemas.size()));
        } catch (SQLException e) {
            throw errors.translate("cannot look at the tables", e);
        }
    }

    @Override
    public void begin(SourceContext context) {
        slot = slot(context);
        joining = context.joining();
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        return read(split, from, List.of(schema));
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, List<RowSchema> schemas) {
        return new Capture(this::open, settings.capture().joining(joining)).read(schemas, from);
    }

    private Capture.Opened open(Optional<Map<String, Object>> log, List<RowSchema> schemas) throws ConnectorException {
        WalSession opened = WalSession.open(settings, connections, tables, errors, slot, schemas, log);
        session = opened;
        return new Capture.Opened(opened.log(), opened.chunks(), opened.finder());
    }

    @Override
    public void acknowledge(Split split, Position position) {
        WalSession current = session;
        if (current != null) {
            current.acknowledge(CapturePosition.of(position).log());
        }
    }

    @Override
    public Map<String, Long> measures() {
        WalSession current = session;
        return current == null ? Map.of() : Map.of("slot_lag_bytes", current.lagBytes());
    }

    @Override
    public void forget(SourceContext context) throws ConnectorException {
        try (Connection connection = connections.connect("streamforge/forget")) {
            Server server = new Server(connection);
            server.dropSlot(slot(context));
            server.unpublish(slot(context));
        } catch (SQLException e) {
            throw errors.translate("cannot drop replication slot '" + slot(context) + "'", e);
        }
    }

    private String slot(SourceContext context) {
        return settings.slot().orElseGet(() -> SlotName.of(context.workflow()));
    }
}
