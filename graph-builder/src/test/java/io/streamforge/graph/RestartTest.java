package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.GraphRig.Candle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of a stage: one that is given the rows from {@code needed} on goes on as the one before it. */
class RestartTest {

    private static final String LAST_VALUES = """
            {"flush_rows": 7,
             "vertices": {"symbol": {"key": "symbol", "properties": {"close": "close"}}},
             "relations": [
               {"label": "correlates", "type": "correlation", "between": "symbol", "value": "close", "time": "open_time",
                "step": "1h", "window": "12h", "every": "3h", "delay": "2h", "threshold": 0.3, "top_k": 2, "min_samples": 4},
               {"label": "volume", "type": "sum", "from": "symbol", "to": "symbol", "value": "volume", "time": "open_time",
                "step": "1h", "window": "5h", "every": "2h", "threshold": 3}]}
            """;
    private static final String SUMS = """
            {"vertices": {"symbol": {"key": "symbol", "properties": {"trades": {"value": "trades", "merge": "sum"}}}}}
            """;
    private static final String AT_THE_END = """
            {"vertices": {"symbol": {"key": "symbol"}},
             "relations": [{"label": "correlates", "type": "correlation", "between": "symbol", "value": "close",
                            "time": "open_time", "step": "1h", "window": "12h", "min_samples": 4}]}
            """;

    @ParameterizedTest
    @ValueSource(strings = {LAST_VALUES, SUMS, AT_THE_END})
    void shouldGoOnAsIfNothingHadHappened(String configuration) {
        Random random = new Random(configuration.hashCode());
        List<Candle> rows = candles(random);
        GraphRig whole = new GraphRig(configuration);
        List<List<String>> expected = new ArrayList<>();
        List<Long> needed = new ArrayList<>();
        long oldest = 0;
        for (int i = 0; i < rows.size(); i++) {
            needed.add(whole.needed().orElse((long) i));
            assertThat(needed.get(i)).isGreaterThanOrEqualTo(oldest);
            oldest = needed.get(i);
            expected.add(whole.give(i, rows.get(i)));
        }
        List<String> end = whole.end();

        for (int cut = 1; cut < rows.size(); cut += 1 + random.nextInt(20)) {
            GraphRig next = new GraphRig(configuration);
            for (int i = needed.get(cut).intValue(); i < cut; i++) {
                next.give(i, rows.get(i));
            }
            for (int i = cut; i < rows.size(); i++) {
                assertThat(next.give(i, rows.get(i)))
                        .as("row %s after a restart at %s", i, cut)
                        .isEqualTo(expected.get(i));
            }
            assertThat(next.end()).as("end after a restart at %s", cut).isEqualTo(end);
        }
    }

    /** Of four symbols, each in its order, mixed as tasks that read at the same time would, with rows that come late. */
    private static List<Candle> candles(Random random) {
        List<Candle> rows = new ArrayList<>();
        int[] hours = new int[4];
        double[] prices = {100, 50, 20, 10};
        while (rows.size() < 600) {
            int symbol = random.nextInt(4);
            int hour = random.nextInt(40) == 0 ? Math.max(0, hours[symbol] - 6) : hours[symbol]++;
            prices[symbol] *= 1 + random.nextGaussian() / 50;
            rows.add(new Candle(
                    "S" + symbol,
                    hour,
                    BigDecimal.valueOf(Math.round(prices[symbol] * 100), 2),
                    Math.abs(random.nextGaussian()),
                    (long) random.nextInt(9)));
        }
        return rows;
    }
}
