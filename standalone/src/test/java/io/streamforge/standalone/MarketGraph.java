package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.streamforge.dummy.market.Candle;
import io.streamforge.dummy.market.Interval;
import io.streamforge.dummy.market.Listing;
import io.streamforge.dummy.market.Listings;
import io.streamforge.dummy.market.Market;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The graph of {@code examples/live-market/graph.yaml} in its SQLite file, against what the simulated exchange has traded. */
final class MarketGraph {

    private static final int SYMBOLS = 50;
    private static final int SECONDS = 60;

    private MarketGraph() {}

    /** Requires each symbol with its two assets, correlations between some, and volumes to be the sums of their last minute. */
    static void requireExact(Path file) throws Exception {
        Map<String, Listing> listings =
                Listings.all().stream().collect(Collectors.toMap(Listing::symbol, Function.identity()));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "SELECT count(*) FROM market_vertices WHERE label = 'symbol'"))
                    .isEqualTo(SYMBOLS);
            assertThat(number(statement, "SELECT count(*) FROM market_edges WHERE label IN ('base_of', 'quotes')"))
                    .isEqualTo(2 * SYMBOLS);
            assertThat(number(statement, "SELECT count(*) FROM market_edges WHERE label = 'correlates'"))
                    .isGreaterThan(SYMBOLS);
            int volumes = 0;
            try (ResultSet row = statement.executeQuery("SELECT from_id, to_id, weight, valid_from FROM market_edges"
                    + " WHERE label = 'volume' AND valid_to = (SELECT max(valid_to) FROM market_edges)")) {
                for (; row.next(); volumes++) {
                    Listing listing = listings.get(asset(row.getString(1)) + asset(row.getString(2)));
                    assertThat(row.getDouble(3))
                            .as("%s from %s on", listing, row.getString(4))
                            .isCloseTo(volume(listing, Instant.parse(row.getString(4))), withinPercentage(1e-6));
                }
            }
            assertThat(volumes).isEqualTo(SYMBOLS);
        }
    }

    private static double volume(Listing listing, Instant from) {
        long begin = from.toEpochMilli();
        long end = from.plusSeconds(SECONDS).toEpochMilli();
        long sum = new Market(listing)
                .candles(Interval.S1, begin, end - 1, end, SECONDS).stream()
                        .mapToLong(Candle::quoteVolume)
                        .sum();
        return sum / Math.pow(10, listing.priceDigits() + listing.lotDigits());
    }

    private static String asset(String id) {
        return id.substring("asset:".length());
    }

    private static long number(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }
}
