package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.mysql.Ddl.Action;
import io.streamforge.connector.mysql.Ddl.Definition;
import io.streamforge.connector.mysql.Ddl.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies an ALTER TABLE to a layout. A layout may be newer than the statement (it was read while the statement was being
 * logged): what is there already stays, what is gone already is not missed.
 */
final class LayoutChanges {

    private final TableLayout before;
    private final List<SqlColumn> columns;
    private String charset;

    private LayoutChanges(TableLayout before) {
        this.before = before;
        columns = new ArrayList<>(before.columns());
        charset = before.charset();
    }

    static TableLayout apply(TableLayout before, List<Action> actions) throws ConnectorException {
        LayoutChanges changes = new LayoutChanges(before);
        actions.forEach(changes::apply);
        return TableLayout.of(before.table(), changes.columns, changes.key(actions), changes.charset);
    }

    private void apply(Action action) {
        if (action instanceof Action.AddColumn add) {
            put(indexOf(add.column().name()), add.column(), add.place());
        } else if (action instanceof Action.DropColumn drop) {
            columns.removeIf(column -> column.name().equalsIgnoreCase(drop.name()));
        } else if (action instanceof Action.ChangeColumn change) {
            int at = indexOf(change.name());
            put(at < 0 ? indexOf(change.column().name()) : at, change.column(), change.place());
        } else if (action instanceof Action.RenameColumn rename) {
            int at = indexOf(rename.from());
            if (at >= 0) {
                SqlColumn column = columns.get(at);
                columns.set(at, new SqlColumn(rename.to(), column.type(), column.charset(), column.nullable()));
            }
        } else if (action instanceof Action.ConvertTo convert) {
            charset = convert.charset();
            columns.replaceAll(column -> column.charset() == null
                    ? column
                    : new SqlColumn(column.name(), column.type(), charset, column.nullable()));
        } else if (action instanceof Action.DefaultCharset changed) {
            charset = changed.charset();
        }
    }

    /** Replaces the column at {@code known}, or adds it where {@code place} says. */
    private void put(int known, Definition definition, @Nullable Place place) {
        SqlColumn column = new SqlColumn(
                definition.name(),
                definition.type(),
                charset(definition),
                definition.nullable() && !inKey(definition.name()));
        if (known >= 0 && (place == null || place.equals(Place.LAST))) {
            columns.set(known, column);
            return;
        }
        if (known >= 0) {
            columns.remove(known);
        }
        columns.add(index(place), column);
    }

    private int index(@Nullable Place place) {
        if (place != null && place.first()) {
            return 0;
        }
        String after = place == null ? null : place.after();
        int before = after == null ? -1 : indexOf(after);
        return before < 0 ? columns.size() : before + 1;
    }

    private @Nullable String charset(Definition definition) {
        String base = new SqlColumn("", definition.type(), null, true).base();
        boolean text = base.endsWith("text") || base.endsWith("char") || base.equals("enum") || base.equals("set");
        if (!text) {
            return null;
        }
        return definition.charset() == null ? charset : definition.charset();
    }

    private boolean inKey(String name) {
        return before.key().stream().anyMatch(part -> part.equalsIgnoreCase(name));
    }

    private int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The key columns under their new names. */
    private List<String> key(List<Action> actions) {
        List<String> key = new ArrayList<>(before.key());
        for (Action action : actions) {
            if (action instanceof Action.RenameColumn rename) {
                key.replaceAll(part -> part.equalsIgnoreCase(rename.from()) ? rename.to() : part);
            } else if (action instanceof Action.ChangeColumn change) {
                key.replaceAll(part ->
                        part.equalsIgnoreCase(change.name()) ? change.column().name() : part);
            }
        }
        return key;
    }
}
