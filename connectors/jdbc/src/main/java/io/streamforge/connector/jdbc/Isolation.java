package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bad rows of a batch and writes the others: pieces that fail are rolled back to a savepoint and cut where the
 * server points, or in half, until a single row is the cause. Records are applied in their order throughout.
 */
final class Isolation {

    private static final int SMALLEST_LIMIT = 16;
    private static final int SHRINK = 4;
    private static final String FOREIGN_KEY = "JDBC-FOREIGN-KEY";

    private final Connection connection;
    private final Load load;
    private final DatabaseErrors errors;

    private long missed;

    private record Piece(int from, int to) {}

    Isolation(Connection connection, Load load, DatabaseErrors errors) {
        this.connection = connection;
        this.load = load;
        this.errors = errors;
    }

    /** The rejected rows of the batch, in ascending order; all others are written. */
    List<Rejection> write(SinkBatch batch) throws SQLException {
        int[] rows = new int[batch.size()];
        Arrays.setAll(rows, i -> i);
        List<Rejection> rejected = pass(batch, rows);
        int[] again = orphans(batch, rejected);
        while (again.length > 0 && again.length < rows.length) {
            // A row may refer to one that stands after it in the batch and is there by now.
            rows = again;
            Set<Integer> retried = Arrays.stream(again).boxed().collect(Collectors.toSet());
            rejected.removeIf(rejection -> retried.contains(rejection.row()));
            rejected.addAll(pass(batch, rows));
            again = orphans(batch, rejected);
        }
        rejected.sort(Comparator.comparingInt(Rejection::row));
        return rejected;
    }

    /** How many updates of the rows that were written met no row. */
    long missed() {
        return missed;
    }

    private List<Rejection> pass(SinkBatch batch, int[] rows) throws SQLException {
        List<Rejection> rejected = new ArrayList<>();
        Deque<Piece> pieces = new ArrayDeque<>();
        pieces.push(new Piece(0, rows.length));
        int limit = rows.length;
        while (!pieces.isEmpty()) {
            Piece piece = pieces.pop();
            int size = piece.to() - piece.from();
            if (size > limit) {
                pieces.push(new Piece(piece.from() + limit, piece.to()));
                pieces.push(new Piece(piece.from(), piece.from() + limit));
                continue;
            }
            SQLException error = attempt(batch, rows, piece, rejected);
            if (error == null) {
                limit = Math.min(rows.length, Math.max(limit, limit * SHRINK));
            } else if (size == 1) {
                rejected.add(rejection(rows[piece.from()], error));
            } else {
                limit = Math.max(SMALLEST_LIMIT, size / SHRINK);
                cut(piece, position(rows, piece, error), pieces);
            }
        }
        return rejected;
    }

    private @Nullable SQLException attempt(SinkBatch batch, int[] rows, Piece piece, List<Rejection> rejected)
            throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        List<Rejection> found = new ArrayList<>();
        try {
            long unmet = load.apply(batch, rows, piece.from(), piece.to(), found);
            load.clear();
            connection.releaseSavepoint(savepoint);
            missed += unmet;
            rejected.addAll(found);
            return null;
        } catch (SQLException e) {
            if (errors.rowCode(e).isEmpty()) {
                throw e;
            }
            connection.rollback(savepoint);
            return e;
        }
    }

    /** Rows refused for what they refer to that may be tried again without overtaking a later row of their key. */
    private int[] orphans(SinkBatch batch, List<Rejection> rejected) {
        List<Integer> rows = rejected.stream()
                .filter(rejection -> rejection.code().equals(FOREIGN_KEY))
                .map(Rejection::row)
                .sorted()
                .toList();
        if (rows.isEmpty()) {
            return new int[0];
        }
        BitSet last = load.last(batch);
        return rows.stream().filter(last::get).mapToInt(Integer::intValue).toArray();
    }

    /** Pieces are pushed so that the first rows come out first. */
    private static void cut(Piece piece, int bad, Deque<Piece> pieces) {
        if (bad < 0) {
            int middle = (piece.from() + piece.to()) >>> 1;
            pieces.push(new Piece(middle, piece.to()));
            pieces.push(new Piece(piece.from(), middle));
            return;
        }
        push(pieces, bad + 1, piece.to());
        push(pieces, bad, bad + 1);
        push(pieces, piece.from(), bad);
    }

    private static void push(Deque<Piece> pieces, int from, int to) {
        if (from < to) {
            pieces.push(new Piece(from, to));
        }
    }

    private int position(int[] rows, Piece piece, SQLException error) {
        int row = load.rowOfLine(errors.line(error));
        return row < 0 ? -1 : Arrays.binarySearch(rows, piece.from(), piece.to(), row);
    }

    private Rejection rejection(int row, SQLException error) {
        return new Rejection(row, errors.rowCode(error).orElse("JDBC-VALUE"), errors.refusal(error));
    }
}
