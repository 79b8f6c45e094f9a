package io.streamforge.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The SQLite tables that a live market is kept in; empty before they exist. */
final class MarketTables {

    private final Path file;

    MarketTables(Path file) {
        this.file = file;
    }

    long trades() throws SQLException {
        return number("SELECT count(*) FROM trades");
    }

    long symbols() throws SQLException {
        return number("SELECT count(DISTINCT symbol) FROM trades");
    }

    /** Trades between the first and the last of their symbol that are not there. */
    long missingTrades() throws SQLException {
        return number("SELECT sum(n) FROM (SELECT max(trade_id) - min(trade_id) + 1 - count(*) AS n"
                + " FROM trades GROUP BY symbol)");
    }

    /** Minutes between the first and the last candle of their symbol that are not there. */
    long missingCandles() throws SQLException {
        return number("SELECT sum(n) FROM (SELECT (unixepoch(max(open_time)) - unixepoch(min(open_time))) / 60 + 1"
                + " - count(*) AS n FROM candles GROUP BY symbol)");
    }

    long number(String sql) throws SQLException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("no such table")) {
                return 0;
            }
            throw e;
        }
    }
}
