package io.streamforge.connector.mysql;

import io.streamforge.connector.mysql.Ddl.Action;
import io.streamforge.connector.mysql.Ddl.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads as much of a statement as concerns columns: which table, which columns come, go and change. It knows the shape of an
 * ALTER TABLE, not the whole language: what it does not need it steps over.
 */
final class DdlParser {

    private static final Set<String> ROW_VERBS = Set.of("insert", "update", "delete", "replace", "load");
    private static final Set<String> ADDED_NO_COLUMN = Set.of(
            "index",
            "key",
            "unique",
            "fulltext",
            "spatial",
            "primary",
            "constraint",
            "foreign",
            "check",
            "partition",
            "period",
            "system");
    private static final Set<String> DROPPED_NO_COLUMN =
            Set.of("index", "key", "primary", "constraint", "foreign", "check", "partition", "period", "system");

    private final SqlTokens tokens;
    private final String database;

    private DdlParser(SqlTokens tokens, String database) {
        this.tokens = tokens;
        this.database = database;
    }

    static Ddl parse(String sql, String database) {
        return new DdlParser(new SqlTokens(sql), database).statement();
    }

    private Ddl statement() {
        if (tokens.accept("set", "statement")) {
            while (!tokens.ended() && !tokens.accept("for")) {
                tokens.next();
            }
        }
        if (ROW_VERBS.contains(tokens.lower())) {
            return new Ddl.RowStatement(tokens.next().text().toUpperCase(Locale.ROOT));
        }
        if (tokens.accept("truncate")) {
            tokens.accept("table");
            return new Ddl.Truncate(table());
        }
        if (tokens.accept("create")) {
            return create();
        }
        if (tokens.accept("drop")) {
            return drop();
        }
        if (tokens.accept("rename")) {
            return tokens.acceptAny("table", "tables") ? rename() : new Ddl.Other();
        }
        return tokens.accept("alter") ? alter() : new Ddl.Other();
    }

    private Ddl create() {
        boolean replaced = tokens.accept("or", "replace");
        boolean temporary = tokens.accept("temporary");
        if (temporary || !tokens.accept("table")) {
            return new Ddl.Other();
        }
        tokens.accept("if", "not", "exists");
        return new Ddl.Create(table(), replaced);
    }

    private Ddl drop() {
        if (tokens.acceptAny("database", "schema")) {
            tokens.accept("if", "exists");
            return new Ddl.DropDatabase(tokens.next().text());
        }
        if (tokens.accept("temporary") || !tokens.acceptAny("table", "tables")) {
            return new Ddl.Other();
        }
        tokens.accept("if", "exists");
        List<TableId> tables = new ArrayList<>();
        do {
            tables.add(table());
        } while (tokens.accept(','));
        return new Ddl.Drop(tables);
    }

    private Ddl rename() {
        tokens.accept("if", "exists");
        List<Ddl.Renamed> renamed = new ArrayList<>();
        do {
            TableId from = table();
            while (!tokens.ended() && !tokens.accept("to")) {
                tokens.next();
            }
            renamed.add(new Ddl.Renamed(from, table()));
        } while (tokens.accept(','));
        return new Ddl.Rename(renamed);
    }

    private Ddl alter() {
        tokens.accept("online");
        tokens.accept("ignore");
        if (!tokens.accept("table")) {
            return new Ddl.Other();
        }
        tokens.accept("if", "exists");
        TableId table = table();
        if (tokens.accept("wait")) {
            tokens.next();
        }
        tokens.accept("nowait");
        List<Action> actions = new ArrayList<>();
        do {
            action(actions);
            tokens.skipToComma();
        } while (tokens.accept(','));
        return new Ddl.Alter(table, actions);
    }

    private void action(List<Action> actions) {
        if (tokens.accept("add")) {
            add(actions);
        } else if (tokens.accept("drop")) {
            dropColumn(actions);
        } else if (tokens.accept("modify")) {
            tokens.accept("column");
            tokens.accept("if", "exists");
            Ddl.Definition column = definition();
            actions.add(new Action.ChangeColumn(column.name(), column, place()));
        } else if (tokens.accept("change")) {
            tokens.accept("column");
            tokens.accept("if", "exists");
            String name = tokens.next().text();
            Ddl.Definition column = definition();
            actions.add(new Action.ChangeColumn(name, column, place()));
        } else if (tokens.accept("rename")) {
            renameAction(actions);
        } else if (tokens.accept("convert", "to")) {
            charset().ifPresent(charset -> actions.add(new Action.ConvertTo(charset)));
        } else {
            tokens.accept("default");
            charset().ifPresent(charset -> actions.add(new Action.DefaultCharset(charset)));
        }
    }

    private void add(List<Action> actions) {
        boolean column = tokens.accept("column");
        if (!column && tokens.peek().kind() == SqlTokens.Kind.WORD && ADDED_NO_COLUMN.contains(tokens.lower())) {
            if (primaryKeyAhead()) {
                actions.add(new Action.PrimaryKey());
            }
            return;
        }
        tokens.accept("if", "not", "exists");
        if (tokens.accept('(')) {
            do {
                actions.add(new Action.AddColumn(definition(), Place.LAST));
                tokens.skipToComma();
            } while (tokens.accept(','));
            tokens.accept(')');
            return;
        }
        Ddl.Definition added = definition();
        Place place = place();
        actions.add(new Action.AddColumn(added, place == null ? Place.LAST : place));
    }

    private boolean primaryKeyAhead() {
        if (tokens.accept("constraint") && !tokens.peek().is("primary")) {
            tokens.next();
        }
        return tokens.accept("primary", "key");
    }

    private void dropColumn(List<Action> actions) {
        boolean column = tokens.accept("column");
        if (!column && tokens.peek().kind() == SqlTokens.Kind.WORD && DROPPED_NO_COLUMN.contains(tokens.lower())) {
            if (tokens.accept("primary", "key")) {
                actions.add(new Action.PrimaryKey());
            }
            return;
        }
        tokens.accept("if", "exists");
        actions.add(new Action.DropColumn(tokens.next().text()));
    }

    private void renameAction(List<Action> actions) {
        if (tokens.accept("column")) {
            tokens.accept("if", "exists");
            String from = tokens.next().text();
            tokens.accept("to");
            actions.add(new Action.RenameColumn(from, tokens.next().text()));
        } else if (!tokens.acceptAny("index", "key")) {
            tokens.acceptAny("to", "as");
            actions.add(new Action.RenameTable(table()));
        }
    }

    private Ddl.Definition definition() {
        String name = tokens.next().text();
        return ColumnDefinitions.read(name, tokens);
    }

    /** Looks for the place of a column up to the end of its definition; null when none is given. */
    private @Nullable Place place() {
        Place place = null;
        int depth = 0;
        while (!tokens.ended()) {
            SqlTokens.Token token = tokens.peek();
            if (depth == 0 && (token.symbol(',') || token.symbol(')'))) {
                break;
            }
            depth += token.symbol('(') ? 1 : token.symbol(')') ? -1 : 0;
            if (depth == 0 && tokens.accept("first")) {
                place = new Place(true, null);
            } else if (depth == 0 && tokens.accept("after")) {
                place = new Place(false, tokens.next().text());
            } else {
                tokens.next();
            }
        }
        return place;
    }

    private java.util.Optional<String> charset() {
        return ColumnDefinitions.charset(tokens);
    }

    private TableId table() {
        String first = tokens.next().text();
        if (tokens.accept('.')) {
            return new TableId(first, tokens.next().text());
        }
        return new TableId(database, first);
    }
}
