package io.streamforge.testing.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Judges a target by the load of a {@link HistoryWriter}: looks at it while it is written, when no key may go backwards, and compares it
 * with the source when all is quiet. For one thread.
 */
public final class HistoryChecker {

    private final Supplier<Connection> target;
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<Long> commits = new TreeSet<>();

    public HistoryChecker(Supplier<Connection> target) {
        this.target = target;
    }

    /**
     * @return how many commits are there
     * @throws AssertionError when a key or the set of commits is older than at a former look
     * @throws IllegalStateException when the target cannot be looked at
     */
    public long look() {
        try (Connection connection = target.get()) {
            for (String table : HistoryWriter.TABLES) {
                rows(connection, table).values().forEach(row -> requireNewer(table + "/" + row.id(), row.commit()));
            }
            Set<Long> now = commits(connection);
            if (!now.containsAll(commits)) {
                throw new AssertionError("commits that were there are gone");
            }
            commits.addAll(now);
            return commits.size();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look at the target", e);
        }
    }

    private void requireNewer(String key, long commit) {
        Long before = newest.put(key, commit);
        if (before != null && before > commit) {
            throw new AssertionError(key + " went from commit " + before + " back to " + commit);
        }
    }

    /** True when the target holds what the source holds: every commit once, every row with its values. */
    public boolean equal(Supplier<Connection> source) {
        try (Connection from = source.get();
                Connection to = target.get()) {
            if (!commits(from).equals(commits(to))) {
                return false;
            }
            for (String table : HistoryWriter.TABLES) {
                if (!rows(from, table).equals(rows(to, table))) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot compare source and target", e);
        }
    }

    private static Map<Long, HistoryRow> rows(Connection connection, String table) throws SQLException {
        Map<Long, HistoryRow> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, commit_id, note, sum FROM " + table)) {
            while (row.next()) {
                HistoryRow found = new HistoryRow(row.getLong(1), row.getLong(2), row.getString(3), row.getLong(4));
                if (rows.put(found.id(), found) != null) {
                    throw new AssertionError(table + "/" + found.id() + " is there twice");
                }
            }
        }
        return rows;
    }

    private static Set<Long> commits(Connection connection) throws SQLException {
        Set<Long> commits = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT commit_id FROM " + HistoryWriter.COMMITS)) {
            while (row.next()) {
                if (!commits.add(row.getLong(1))) {
                    throw new AssertionError("commit " + row.getLong(1) + " is there twice");
                }
            }
        }
        return commits;
    }
}
