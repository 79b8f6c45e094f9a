package io.streamforge.connector.jdbc.source;

import io.streamforge.record.DataType.Kind;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a table by asking the planner how many rows lie between two keys, which it answers from the index without reading them:
 * ranges with many rows are halved until each is a small part, so that gaps and crowds do not matter.
 */
final class MySqlDives {

    private static final Set<Kind> KINDS =
            EnumSet.of(Kind.INT32, Kind.INT64, Kind.UINT64, Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_TZ);
    private static final int PIECES_PER_PART = 16;
    private static final int MOST_DIVES = 2000;

    private final MySqlReads reads;
    private final Connection connection;
    private final Selection selection;
    private final ReadColumn key;

    /** @param upTo the last key */
    private record Piece(BigInteger after, BigInteger upTo, long rows) {}

    MySqlDives(MySqlReads reads, Connection connection, Selection selection) {
        this.reads = reads;
        this.connection = connection;
        this.selection = selection;
        key = selection.splitKey().get(0);
    }

    static boolean possible(Selection selection) {
        return selection.splitKey().size() == 1
                && selection.relation().table()
                && KINDS.contains(
                        Objects.requireNonNull(selection.splitKey().get(0).logical())
                                .kind());
    }

    List<List<String>> cuts(int parts) throws SQLException {
        @Nullable Piece whole = whole();
        if (whole == null) {
            return List.of();
        }
        List<Piece> pieces = pieces(whole, parts);
        long total = pieces.stream().mapToLong(Piece::rows).sum();
        List<List<String>> cuts = new ArrayList<>();
        long seen = 0;
        for (Piece piece : pieces.subList(0, pieces.size() - 1)) {
            seen += piece.rows();
            if (seen * parts >= total * (cuts.size() + 1L) && cuts.size() < parts - 1) {
                cuts.add(List.of(text(piece.upTo())));
            }
        }
        return cuts;
    }

    /** In ascending order; the next one to halve is on top. */
    private List<Piece> pieces(Piece whole, int parts) throws SQLException {
        long enough = Math.max(1, whole.rows() / ((long) parts * PIECES_PER_PART));
        List<Piece> done = new ArrayList<>();
        Deque<Piece> open = new ArrayDeque<>(List.of(whole));
        int dives = 0;
        while (!open.isEmpty()) {
            Piece piece = open.pop();
            BigInteger width = piece.upTo().subtract(piece.after());
            if (piece.rows() <= enough || width.compareTo(BigInteger.ONE) <= 0 || dives > MOST_DIVES) {
                done.add(piece);
                continue;
            }
            BigInteger middle = piece.after().add(width.shiftRight(1));
            open.push(new Piece(middle, piece.upTo(), rows(middle, piece.upTo())));
            open.push(new Piece(piece.after(), middle, rows(piece.after(), middle)));
            dives += 2;
        }
        return done;
    }

    private @Nullable Piece whole() throws SQLException {
        String name = MySqlReads.quote(key.name());
        String from = selection.relation().from();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT CAST(MIN(" + name + ") AS CHAR), CAST(MAX(" + name + ") AS CHAR) FROM " + from)) {
            if (!row.next() || row.getString(1) == null) {
                return null;
            }
            BigInteger first = axis(row.getString(1)).subtract(BigInteger.ONE);
            BigInteger last = axis(row.getString(2));
            return new Piece(first, last, rows(first, last));
        }
    }

    private long rows(BigInteger after, BigInteger upTo) throws SQLException {
        KeyRange range = new KeyRange(List.of(text(after)), List.of(text(upTo)), false);
        Selection keys = new Selection(
                selection.relation(), java.util.Optional.empty(), List.of(key), List.of(key), List.of(), List.of());
        return reads.estimate(connection, reads.sql().rows(keys, range, null, java.util.OptionalInt.empty()))
                .orElse(0);
    }

    /** A key as a whole number: days, seconds or the number itself. */
    private BigInteger axis(String text) {
        return switch (Objects.requireNonNull(key.logical()).kind()) {
            case DATE -> BigInteger.valueOf(LocalDate.parse(text).toEpochDay());
            case TIMESTAMP, TIMESTAMP_TZ ->
                BigInteger.valueOf(LocalDateTime.parse(text.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC));
            default -> new BigInteger(text);
        };
    }

    private String text(BigInteger value) {
        return switch (Objects.requireNonNull(key.logical()).kind()) {
            case DATE -> LocalDate.ofEpochDay(value.longValue()).toString();
            case TIMESTAMP, TIMESTAMP_TZ ->
                LocalDateTime.ofEpochSecond(value.longValue(), 0, ZoneOffset.UTC)
                        .toString();
            default -> value.toString();
        };
    }
}
