package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceContext;
import io.streamforge.connector.capture.Capture;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.capture.CaptureSettings;
import io.streamforge.connector.capture.TablePatterns;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Tables of a server, captured: their rows and what changes from then on. */
final class MySqlCaptureSource implements Source {

    /** What may wait between the connection and the worker. */
    private static final long QUEUE_BYTES = 1L << 20;

    private static final long OWN_SERVER_IDS = 1_000_000_000L;
    private static final long LAST_SERVER_ID = 4_294_967_295L;

    private final ServerAddress address;
    private final List<String> tables;
    private final TablePatterns patterns;
    private final CaptureSettings settings;
    private final long serverId;
    private final Duration minRetention;
    private volatile boolean joining;

    /** @param serverId 0 for any that nobody else has */
    MySqlCaptureSource(
            ServerAddress address,
            List<String> tables,
            CaptureSettings settings,
            long serverId,
            Duration minRetention) {
        this.address = address;
        this.tables = tables;
        this.settings = settings;
        this.minRetention = minRetention;
        patterns = new TablePatterns(tables);
        this.serverId = serverId == 0 ? ThreadLocalRandom.current().nextLong(OWN_SERVER_IDS, LAST_SERVER_ID) : serverId;
    }

    @Override
    public Discovery discover() throws ConnectorException {
        try (ServerSession session = ServerSession.open(address)) {
            ReadinessCheck.require(session, minRetention);
            TableCatalog catalog = new TableCatalog(session);
            List<TableLayout> found = layouts(catalog);
            long rows = 0;
            for (TableLayout layout : found) {
                rows += catalog.estimatedRows(layout.table());
            }
            return new Discovery(
                    found.stream().map(TableLayout::schema).toList(),
                    List.of(new Split("changes", Map.of())),
                    OptionalLong.of(rows),
                    settings.schemaChanges().followed(),
                    TablePatterns.open(tables, found.size()));
        }
    }

    private List<TableLayout> layouts(TableCatalog catalog) throws ConnectorException {
        List<TableLayout> found = catalog.matching(patterns);
        if (found.isEmpty()) {
            throw new ConnectorException(
                    "JDBC-NO-TABLE",
                    Category.FATAL,
                    "tables: " + address.place() + " has no table that the user may see and that matches "
                            + String.join(", ", tables),
                    "check the names, and GRANT SELECT on the tables");
        }
        for (TableLayout layout : found) {
            if (layout.key().isEmpty()) {
                throw CaptureErrors.withoutKey(layout.table().toString());
            }
        }
        return found;
    }

    @Override
    public void begin(SourceContext context) {
        joining = context.joining();
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        return read(split, from, List.of(schema));
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, List<RowSchema> schemas) {
        return new Capture(this::open, settings.joining(joining)).read(schemas, from);
    }

    private Capture.Opened open(Optional<Map<String, Object>> known, List<RowSchema> schemas)
            throws ConnectorException, InterruptedException {
        @Nullable ServerSession session = ServerSession.open(address);
        try {
            ReadinessCheck.require(session, minRetention);
            Server server = session.server();
            Start start = known.isPresent()
                    ? resumed(session, server, BinlogPosition.of(known.get()), schemas)
                    : begun(session, server, schemas);
            ChunkMoment moment = ChunkMoment.of(session, server);
            BinlogChangeLog log = new BinlogChangeLog(
                    address, server, serverId, start.from(), start.joining(), settings.heartbeat(), QUEUE_BYTES);
            ChunkSession chunks = new ChunkSession(session, log, moment);
            MySqlFinder finder = new MySqlFinder(new TableCatalog(session), patterns);
            session = null;
            return new Capture.Opened(log, chunks, finder);
        } finally {
            if (session != null) {
                session.close();
            }
        }
    }

    /** Where the log is read from, and the tables that are captured from a later place on. */
    private record Start(BinlogPosition from, @Nullable Joining joining) {}

    /** The end of the log, and the tables as they are right after it was asked for. */
    private Start begun(ServerSession session, Server server, List<RowSchema> schemas) throws ConnectorException {
        BinlogPosition end = session.logEnd(server);
        return new Start(end.with(Layouts.of(new TableCatalog(session).named(names(schemas)))), null);
    }

    /** A table that the position does not know has joined since: it is as it is now, and so is the end of the log. */
    private Start resumed(ServerSession session, Server server, BinlogPosition from, List<RowSchema> schemas)
            throws ConnectorException {
        new ContinuityCheck(session, server).require(from);
        List<String> names = names(schemas);
        List<TableLayout> known = names.stream()
                .flatMap(name -> from.layouts().find(name).stream())
                .toList();
        List<String> unknown = names.stream()
                .filter(name -> from.layouts().find(name).isEmpty())
                .toList();
        BinlogPosition start = from.with(Layouts.of(known));
        if (unknown.isEmpty()) {
            return new Start(start, null);
        }
        Joining joining = new Joining(session.logEnd(server), new TableCatalog(session).named(unknown));
        return from.covers(joining.at())
                ? new Start(
                        from.with(Layouts.of(Stream.concat(known.stream(), joining.tables().stream())
                                .toList())),
                        null)
                : new Start(start, joining);
    }

    private static List<String> names(List<RowSchema> schemas) {
        return schemas.stream().map(RowSchema::name).toList();
    }
}
