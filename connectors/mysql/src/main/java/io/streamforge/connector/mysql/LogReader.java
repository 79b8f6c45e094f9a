package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log event by event: where it is, what groups begin and end, what the tables look like. Events of a group that
 * were handed on before a restart are passed over. For one thread at a time.
 */
final class LogReader {

    private static final Logger log = LoggerFactory.getLogger(LogReader.class);

    private static final long MICROS = 1_000_000L;

    private final ServerAddress address;
    private final BinlogPosition from;
    private final Gtids gtids;
    private final Map<Long, OpenTable> open = new HashMap<>();

    private Layouts layouts;
    private String file;
    private long created;
    /** Start of the open group, or the end of the last one. */
    private long boundary;
    /** End of the last event of the open group that was handed on. */
    private long inside;
    /** Rows up to here were handed on before. */
    private long passOver;

    private boolean group;

    /** Null when there are none, or they have joined. */
    private @Nullable Joining joining;

    /** A table map and what reads its rows; nothing does for tables that are not captured. */
    private record OpenTable(byte[] map, @Nullable TableReader reader) {}

    /** @param joining tables that are captured from a later place on */
    LogReader(ServerAddress address, BinlogPosition from, Gtids gtids, @Nullable Joining joining) {
        this.joining = joining;
        layouts = from.layouts();
        this.address = address;
        this.from = from;
        this.gtids = gtids;
        file = from.file();
        created = from.created();
        boundary = from.offset();
        passOver = from.inside();
        inside = from.inside();
    }

    /** Everything before it has been added to the changes. */
    BinlogPosition position() {
        return new BinlogPosition(from.server(), file, boundary, created, gtids.toString(), inside, layouts);
    }

    /** True when everything before the place has been read. */
    boolean covers(BinlogPosition place) {
        return BinlogPosition.compare(file, boundary, place.file(), place.offset()) >= 0;
    }

    void read(BinlogEvent event, PendingChanges changes) throws ConnectorException {
        switch (event.type()) {
            case EventCodes.ROTATE -> rotate(event);
            case EventCodes.FORMAT_DESCRIPTION -> began(event);
            case EventCodes.GTID, EventCodes.ANONYMOUS_GTID, EventCodes.MARIADB_GTID -> {
                gtids.begin(event);
                group = true;
            }
            case EventCodes.TABLE_MAP -> {
                group = true;
                map(event);
            }
            case EventCodes.XID, EventCodes.XA_PREPARE -> end(event);
            case EventCodes.QUERY -> query(event, changes);
            case EventCodes.INCIDENT ->
                throw Failures.cannotFollow(
                        position(), "the server has lost changes (incident event)", Failures.START_AFRESH);
            case EventCodes.PARTIAL_UPDATE_ROWS ->
                throw Failures.cannotFollow(
                        position(),
                        "a JSON value was logged in part",
                        "set binlog_row_value_options='' on the server; then " + Failures.START_AFRESH);
            case EventCodes.TRANSACTION_PAYLOAD -> {
                for (BinlogEvent inner : CompressedEvents.transaction(event)) {
                    read(inner, changes);
                }
            }
            default -> other(event, changes);
        }
        if (!group && event.next() > 0) {
            boundary = event.next();
        }
        join(changes);
    }

    private void join(PendingChanges changes) {
        Joining waiting = joining;
        if (waiting == null || group || !covers(waiting.at())) {
            return;
        }
        joining = null;
        open.clear();
        for (TableLayout table : waiting.tables()) {
            layouts = layouts.with(table);
            changes.add(new Change.Altered(table, "captured from " + waiting.at() + " on"), this);
        }
    }

    private void other(BinlogEvent event, PendingChanges changes) throws ConnectorException {
        if (RowsEvent.is(event.type())) {
            rows(event, changes);
        } else if (CompressedEvents.is(event.type())) {
            read(CompressedEvents.expand(event), changes);
        }
    }

    private void rotate(BinlogEvent event) {
        file = new String(event.body(), 8, event.body().length - 8, StandardCharsets.UTF_8);
        if (event.next() > 0 || !file.equals(from.file())) {
            boundary = EventBytes.littleEndian(event.body(), 0, 8);
            inside = 0;
            passOver = 0;
        }
        open.clear();
    }

    private void began(BinlogEvent event) throws ConnectorException {
        if (created != 0 && file.equals(from.file()) && created == from.created() && created != event.seconds()) {
            throw Failures.lost(address, from, "the log was reset, the file of this name is another one");
        }
        created = event.seconds();
    }

    private void map(BinlogEvent event) throws ConnectorException {
        TableMap head = TableMap.head(event.body());
        OpenTable known = open.get(head.number());
        if (known != null && Arrays.equals(known.map(), event.body())) {
            return;
        }
        Optional<TableLayout> layout = layouts.find(head.table());
        TableReader reader = layout.isPresent() ? TableReader.of(TableMap.parse(event.body()), layout.get()) : null;
        open.put(head.number(), new OpenTable(event.body(), reader));
    }

    private void rows(BinlogEvent event, PendingChanges changes) throws ConnectorException {
        OpenTable table = open.get(RowsEvent.table(event));
        TableReader reader = table == null ? null : table.reader();
        boolean handedOn = event.next() > 0 && event.next() <= passOver;
        if (reader == null || handedOn) {
            return;
        }
        reader.read(event, changes.rows(reader.layout(), this), this);
        inside = Math.max(inside, event.next());
    }

    private void end(BinlogEvent event) {
        gtids.commit();
        boundary = event.next() > 0 ? event.next() : boundary;
        inside = 0;
        passOver = 0;
        group = false;
    }

    private void query(BinlogEvent event, PendingChanges changes) throws ConnectorException {
        QueryEvent query = QueryEvent.of(event);
        if (query.sql().equalsIgnoreCase("BEGIN") || query.sql().startsWith("XA START")) {
            group = true;
            return;
        }
        if (query.sql().regionMatches(true, 0, "SAVEPOINT", 0, 9)) {
            return;
        }
        boolean rolledBack = query.sql().equalsIgnoreCase("ROLLBACK") && inside > 0;
        if (rolledBack || query.sql().startsWith("XA ROLLBACK")) {
            throw Failures.cannotFollow(
                    position(),
                    "changes were logged and then rolled back (" + query.sql() + ")",
                    "keep captured tables in InnoDB and out of XA transactions that are rolled back; then "
                            + Failures.START_AFRESH);
        }
        if (!query.sql().equalsIgnoreCase("COMMIT") && !query.sql().startsWith("XA ")) {
            statement(event, query, changes);
        }
        if (!query.sql().startsWith("XA END")) {
            end(event);
        }
    }

    private void statement(BinlogEvent event, QueryEvent query, PendingChanges changes) throws ConnectorException {
        Ddl ddl = DdlParser.parse(query.sql(), query.database());
        if (ddl instanceof Ddl.RowStatement statement) {
            throw Failures.cannotFollow(
                    position(),
                    "a change of rows was logged as a statement (" + statement.verb() + "), not as rows",
                    "leave binlog_format=ROW in every session; then " + Failures.START_AFRESH);
        }
        if (ddl instanceof Ddl.Truncate truncate) {
            layouts.find(truncate.table())
                    .ifPresent(layout -> changes.add(new Change.Truncated(layout, event.seconds() * MICROS), this));
        } else if (ddl instanceof Ddl.Alter alter && layouts.find(alter.table()).isPresent()) {
            alter(alter, query, changes);
        } else {
            gone(ddl);
        }
    }

    private void alter(Ddl.Alter alter, QueryEvent query, PendingChanges changes) throws ConnectorException {
        TableLayout before = layouts.find(alter.table()).orElseThrow();
        TableLayout after = LayoutChanges.apply(before, alter.actions());
        if (alter.actions().stream().anyMatch(Ddl.Action.PrimaryKey.class::isInstance)) {
            throw keyChanged(alter.table());
        }
        for (Ddl.Action action : alter.actions()) {
            if (action instanceof Ddl.Action.RenameTable renamed) {
                throw renamed(alter.table(), renamed.to());
            }
        }
        if (!after.columns().equals(before.columns())) {
            layouts = layouts.with(after);
            open.clear();
            changes.add(new Change.Altered(after, query.sql()), this);
            log.atInfo()
                    .addKeyValue("table", alter.table())
                    .addKeyValue("position", position())
                    .log("the columns of a captured table have changed");
        }
    }

    /** A captured table that goes away, or comes back under its name, is not followed: its rows at the target would stay. */
    private void gone(Ddl ddl) throws ConnectorException {
        if (ddl instanceof Ddl.Drop drop) {
            for (TableId table : drop.tables()) {
                requireUncaptured(table, "was dropped");
            }
        } else if (ddl instanceof Ddl.Create create && create.replaced()) {
            requireUncaptured(create.table(), "was created anew");
        } else if (ddl instanceof Ddl.DropDatabase dropped) {
            for (TableLayout layout : layouts.all()) {
                if (layout.table().database().equals(dropped.database())) {
                    requireUncaptured(layout.table(), "was dropped with its database");
                }
            }
        } else if (ddl instanceof Ddl.Rename rename) {
            for (Ddl.Renamed renamed : rename.tables()) {
                if (layouts.find(renamed.from()).isPresent()) {
                    throw renamed(renamed.from(), renamed.to());
                }
                requireUncaptured(renamed.to(), "was put in the place of the one that was captured");
            }
        }
    }

    private void requireUncaptured(TableId table, String what) throws ConnectorException {
        if (layouts.find(table).isPresent()) {
            throw Failures.cannotFollow(
                    position(),
                    "table " + table + " " + what,
                    "start the workflow again, which goes on with the tables that are left (a name is taken out of tables "
                            + "before, a pattern is not); or " + Failures.START_AFRESH);
        }
    }

    private ConnectorException renamed(TableId from, TableId to) {
        return Failures.cannotFollow(
                position(),
                "table " + from + " was renamed to " + to,
                "name it in tables; then " + Failures.START_AFRESH);
    }

    private ConnectorException keyChanged(TableId table) {
        return Failures.cannotFollow(
                position(), "the primary key of table " + table + " has changed", Failures.START_AFRESH);
    }
}
