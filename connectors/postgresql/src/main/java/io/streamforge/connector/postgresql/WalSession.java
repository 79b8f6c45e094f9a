package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.ChangeLog;
import io.streamforge.connector.capture.ChunkReader;
import io.streamforge.connector.capture.TableFinder;
import io.streamforge.connector.jdbc.PostgresConnections;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log that is open, and the connection beside it that reads chunks, catalog and slot. */
final class WalSession {

    private final WalLog log;
    private final PostgresChunks chunks;
    private final WalHeartbeat heartbeat;
    private final TableFinder finder;

    private WalSession(WalLog log, PostgresChunks chunks, WalHeartbeat heartbeat, TableFinder finder) {
        this.log = log;
        this.chunks = chunks;
        this.heartbeat = heartbeat;
        this.finder = finder;
    }

    ChangeLog log() {
        return log;
    }

    ChunkReader chunks() {
        return chunks;
    }

    TableFinder finder() {
        return finder;
    }

    long lagBytes() {
        return heartbeat.lagBytes();
    }

    void acknowledge(Map<String, Object> position) {
        try {
            log.acknowledge(WalPosition.of(position));
        } catch (ConnectorException e) {
            throw new IllegalStateException("the position is not one that this source gave", e);
        }
    }

    /**
     * Opens the log at the position, or makes a slot and begins there.
     *
     * @param position of a former attempt
     */
    static WalSession open(
            ChangesSettings settings,
            PostgresConnections connections,
            CapturedTables tables,
            WalErrors errors,
            String slot,
            List<RowSchema> schemas,
            Optional<Map<String, Object>> position)
            throws ConnectorException {
        Connection connection = null;
        try {
            connection = connections.connect("streamforge/" + slot);
            Server server = new Server(connection);
            server.requirePrepared();
            List<TableId> ids = schemas.stream().map(CapturedTables::id).toList();
            server.publish(slot, ids);
            WalPosition from = position.isPresent()
                    ? known(server, slot, WalPosition.of(position.get()), errors)
                    : begin(server, slot);
            long begun = position.isPresent() ? server.visible().xmax() : 0;
            return start(settings, connection, tables, errors, slot, schemas, ids, from, begun);
        } catch (SQLException e) {
            close(connection);
            throw errors.translate("cannot open replication slot '" + slot + "'", e);
        } catch (ConnectorException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static WalSession start(
            ChangesSettings settings,
            Connection connection,
            CapturedTables tables,
            WalErrors errors,
            String slot,
            List<RowSchema> schemas,
            List<TableId> ids,
            WalPosition from,
            long begun) {
        Server server = new Server(connection);
        WalTranslator translator = new WalTranslator(new ResumePoint(from), schemas, (known, row) -> {
            try {
                return tables.at(connection, known, row);
            } catch (SQLException e) {
                throw errors.translate("cannot look at table '" + known.name() + "'", e);
            }
        });
        WalHeartbeat heartbeat =
                new WalHeartbeat(server, slot, settings.capture().heartbeat(), settings.maxSlotBytes(), errors);
        WalReader reader = new WalReader(new DebeziumSettings(settings).of(slot, ids, from.commit()));
        WalLog log = new WalLog(reader, translator, heartbeat, errors);
        PostgresChunks chunks = new PostgresChunks(tables, connection, from.server(), log::transactions, begun, errors);
        reader.start();
        return new WalSession(log, chunks, heartbeat, new PostgresFinder(tables, connection, errors));
    }

    /** Everything behind the position must still be there, on this server. */
    private static WalPosition known(Server server, String slot, WalPosition position, WalErrors errors)
            throws SQLException, ConnectorException {
        String identity = server.identity();
        if (!identity.equals(position.server())) {
            throw CaptureErrors.otherServer(position.server(), identity);
        }
        Optional<SlotState> state = server.slot(slot);
        if (state.isEmpty() || state.get().lost()) {
            throw errors.slotGone(slot, state);
        }
        if (Long.compareUnsigned(state.get().confirmed(), position.commit()) > 0) {
            throw CaptureErrors.logLost("replication slot '" + slot + "' was moved to "
                    + Lsn.text(state.get().confirmed()) + " by somebody else; the position is "
                    + Lsn.text(position.commit()));
        }
        return position;
    }

    /** A slot that is left over knows nothing of use: the tables are read again from now on. */
    private static WalPosition begin(Server server, String slot) throws SQLException {
        server.dropSlot(slot);
        return WalPosition.at(server.identity(), server.createSlot(slot));
    }

    private static void close(@org.jspecify.annotations.Nullable Connection connection) throws ConnectorException {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new ConnectorException(
                        "POSTGRESQL-LOG",
                        io.streamforge.messages.ErrorInfo.Category.CONNECTION,
                        "the connection could not be closed",
                        null,
                        e);
            }
        }
    }
}
