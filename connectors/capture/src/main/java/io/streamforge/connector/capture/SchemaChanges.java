package io.streamforge.connector.capture;

import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Decides, by mode and kind of change, in which schema the rows of a changed table go on; pure. */
public final class SchemaChanges {

    private final SchemaChangeMode mode;
    private final Map<SchemaChangeKind, SchemaChangeMode> byKind;

    /** @param byKind modes of single kinds, which come before {@code mode} */
    public SchemaChanges(SchemaChangeMode mode, Map<SchemaChangeKind, SchemaChangeMode> byKind) {
        this.mode = mode;
        this.byKind = byKind.isEmpty() ? Map.of() : new EnumMap<>(byKind);
    }

    /** Whether rows may get other columns while a run goes on. */
    public boolean followed() {
        return Stream.concat(Stream.of(mode), byKind.values().stream())
                .anyMatch(each -> each != SchemaChangeMode.EXCEPTION && each != SchemaChangeMode.IGNORE);
    }

    /** The same for a table that is known as it became later: what it does not have yet is no column that went. */
    SchemaChanges behind() {
        Map<SchemaChangeKind, SchemaChangeMode> kinds = new EnumMap<>(SchemaChangeKind.class);
        kinds.putAll(byKind);
        kinds.put(SchemaChangeKind.DROP_COLUMN, SchemaChangeMode.LENIENT);
        return new SchemaChanges(mode, kinds);
    }

    /**
     * @param known in which rows have been written so far
     * @param found what the table looks like now
     */
    SchemaDecision decide(RowSchema known, RowSchema found) {
        if (!known.keySchema().columns().equals(keyColumns(known, found))) {
            return new SchemaDecision.Halt(
                    "the key of table '" + known.name() + "' was "
                            + known.keySchema().columns() + " and is " + keyColumns(known, found),
                    "start the workflow with from: fresh, so that the table is read again under its new key");
        }
        Columns columns = new Columns(known, found);
        for (Column column : known.columns()) {
            columns.keepOrDrop(column);
        }
        for (Column column : found.columns()) {
            columns.add(column);
        }
        return columns.decision();
    }

    private SchemaChangeMode mode(SchemaChangeKind kind) {
        return byKind.getOrDefault(kind, mode);
    }

    private static List<Column> keyColumns(RowSchema known, RowSchema found) {
        boolean complete = found.key().equals(known.key());
        return complete ? found.keySchema().columns() : List.of();
    }

    /** Goes through the columns of a table, before and after. */
    private final class Columns {

        private final RowSchema known;
        private final RowSchema found;
        private final List<Column> result = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private boolean optional;

        Columns(RowSchema known, RowSchema found) {
            this.known = known;
            this.found = found;
        }

        void keepOrDrop(Column column) {
            int at = found.indexOf(column.name());
            if (at < 0) {
                drop(column);
            } else if (found.column(at).type().equals(column.type())) {
                keep(column, found.column(at));
            } else {
                alter(column, found.column(at));
            }
        }

        private void keep(Column before, Column now) {
            boolean holds = before.nullable() || !now.nullable();
            result.add(holds ? before : now);
            SchemaChangeMode mode = mode(SchemaChangeKind.ALTER_COLUMN);
            if (!holds && (mode == SchemaChangeMode.EXCEPTION || mode == SchemaChangeMode.IGNORE)) {
                refused.add("column '" + before.name() + "' allows null now");
            }
        }

        private void drop(Column column) {
            switch (mode(SchemaChangeKind.DROP_COLUMN)) {
                case EXCEPTION -> refused.add("column '" + column.name() + "' is gone");
                case EVOLVE ->
                    refused.add("column '" + column.name()
                            + "' is gone, and targets lose nothing (mode lenient keeps it, null)");
                case TRY_EVOLVE -> optional = true;
                case LENIENT -> result.add(Column.nullable(column.name(), column.type()));
                case IGNORE -> {
                    result.add(column);
                    if (!column.nullable()) {
                        refused.add("column '" + column.name() + "' is gone, and the target's does not allow null");
                    }
                }
            }
        }

        private void alter(Column before, Column now) {
            switch (mode(SchemaChangeKind.ALTER_COLUMN)) {
                case EVOLVE, LENIENT -> {
                    if (now.type().holds(before.type())) {
                        result.add(new Column(before.name(), now.type(), before.nullable() || now.nullable()));
                    } else {
                        refuse(before, now);
                    }
                }
                case TRY_EVOLVE -> {
                    result.add(now);
                    optional = true;
                }
                case EXCEPTION, IGNORE -> refuse(before, now);
            }
        }

        private void refuse(Column before, Column now) {
            refused.add("column '" + before.name() + "' was " + before.type() + " and is " + now.type());
        }

        void add(Column column) {
            if (known.indexOf(column.name()) >= 0) {
                return;
            }
            switch (mode(SchemaChangeKind.ADD_COLUMN)) {
                case EXCEPTION -> refused.add("column '" + column.name() + "' is new");
                case TRY_EVOLVE -> {
                    result.add(column);
                    optional = true;
                }
                // Rows from before the change have no value for it.
                case EVOLVE, LENIENT -> result.add(Column.nullable(column.name(), column.type()));
                case IGNORE -> {}
            }
        }

        SchemaDecision decision() {
            if (!refused.isEmpty()) {
                return new SchemaDecision.Halt(
                        "table '" + known.name() + "' has changed: " + String.join("; ", refused),
                        "change the target to match and start the workflow with from: fresh, or choose another mode in "
                                + "schema_changes");
            }
            RowSchema schema = new RowSchema(known.name(), result, known.key());
            return new SchemaDecision.Write(Objects.requireNonNull(schema), !schema.equals(known), optional);
        }
    }
}
