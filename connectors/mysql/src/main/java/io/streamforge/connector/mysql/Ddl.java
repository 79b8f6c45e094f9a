package io.streamforge.connector.mysql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement of the log that is no change of rows does to tables. */
sealed interface Ddl {

    /** Nothing to tables. */
    record Other() implements Ddl {}

    /** It changes rows and was logged as text; the rows it changed are not known. */
    record RowStatement(String verb) implements Ddl {}

    record Truncate(TableId table) implements Ddl {}

    /** @param replaced the table that was there before is gone */
    record Create(TableId table, boolean replaced) implements Ddl {}

    record Drop(List<TableId> tables) implements Ddl {}

    record DropDatabase(String database) implements Ddl {}

    record Rename(List<Renamed> tables) implements Ddl {}

    record Renamed(TableId from, TableId to) {}

    /** @param actions in their order; empty when the statement is about indexes, partitions or the like alone */
    record Alter(TableId table, List<Action> actions) implements Ddl {}

    /** One part of an ALTER TABLE. */
    sealed interface Action {

        record AddColumn(Definition column, Place place) implements Action {}

        record DropColumn(String name) implements Action {}

        /** @param place null when the column stays where it is */
        record ChangeColumn(
                String name, Definition column, @Nullable Place place) implements Action {}

        record RenameColumn(String from, String to) implements Action {}

        record RenameTable(TableId to) implements Action {}

        record ConvertTo(String charset) implements Action {}

        record DefaultCharset(String charset) implements Action {}

        /** The key has changed. */
        record PrimaryKey() implements Action {}
    }

    /**
     * A column as it is declared.
     *
     * @param charset null when it is the table's
     */
    record Definition(String name, String type, @Nullable String charset, boolean nullable) {}

    /**
     * Where a column is put.
     *
     * @param after the column before it; null for the beginning or the end
     */
    record Place(boolean first, @Nullable String after) {

        static final Place LAST = new Place(false, null);
    }
}
