package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.graph.GraphRig.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelationTest {

    private static String correlation(String members) {
        return """
               {"vertices": {"symbol": {"key": "symbol"}},
                "relations": [{"label": "correlates", "type": "correlation", "between": "symbol", "value": "close",
                               "time": "open_time", "step": "1h", "min_samples": 3, %s}]}
               """.formatted(members);
    }

    private static List<String> edges(List<String> given) {
        return given.stream().filter(text -> !text.startsWith("symbol:")).toList();
    }

    @Test
    void shouldWeighPairsByTheCorrelationOfTheirLogReturns() {
        GraphRig graph = new GraphRig(correlation("\"window\": \"5h\""));
        double[] a = {100, 101, 99, 104, 103, 108};
        double[] b = {50, 51, 49.5, 51, 51.5, 52};
        long offset = 0;
        for (int hour = 0; hour < a.length; hour++) {
            graph.give(offset++, Candle.of("A", hour, a[hour]));
        }
        for (int hour = 0; hour < b.length; hour++) {
            graph.give(offset++, Candle.of("B", hour, b[hour]));
        }

        List<String> edges = graph.end();

        assertThat(edges).hasSize(1);
        assertThat(edges.get(0))
                .startsWith("correlates:symbol:A|symbol:B ")
                .endsWith(" 2024-08-01T01:00:00Z 2024-08-01T06:00:00Z");
        assertThat(Double.parseDouble(edges.get(0).split(" ")[1])).isCloseTo(pearson(a, b), within(1e-6));
    }

    @Test
    void shouldNotDependOnTheOrderOfRows() {
        List<Candle> rows = new ArrayList<>();
        Random random = new Random(7);
        for (String symbol : List.of("A", "B", "C", "D")) {
            double price = 100;
            for (int hour = 0; hour < 60; hour++) {
                price *= 1 + random.nextGaussian() / 100;
                if (random.nextInt(10) > 0) {
                    rows.add(Candle.of(symbol, hour, Math.round(price * 1000) / 1000.0));
                }
            }
        }
        List<String> inOrder = endOf(rows);
        java.util.Collections.shuffle(rows, random);

        assertThat(inOrder).hasSize(6).isEqualTo(endOf(rows));
    }

    @Test
    void shouldKeepTheHeaviestEdgesAboveTheThreshold() {
        assertThat(weights(correlation("\"window\": \"20h\""))).hasSize(6);
        assertThat(weights(correlation("\"window\": \"20h\", \"threshold\": 0.99")))
                .containsExactlyInAnyOrder("A|symbol:B 1.0", "A|symbol:C -1.0", "B|symbol:C -1.0");
        assertThat(weights(correlation("\"window\": \"20h\", \"top_k\": 1")))
                .contains("A|symbol:B 1.0")
                .hasSizeLessThan(6);
    }

    @Test
    void shouldGiveEdgesAtEachBoundaryAndDeleteThoseThatFellBelowTheThreshold() {
        GraphRig graph = new GraphRig(correlation("\"window\": \"4h\", \"every\": \"4h\", \"threshold\": 0.9"));
        double[] a = {1, 2, 1, 3, 1, 2, 1, 3, 1, 2, 1, 3, 1, 2};
        double[] b = {1, 2, 1, 3, 1, 2, 1, 3, 2, 2, 4, 4, 3, 3};
        List<String> given = new ArrayList<>();
        for (int hour = 0; hour < a.length; hour++) {
            given.addAll(edges(graph.give(2L * hour, Candle.of("A", hour, a[hour]))));
            given.addAll(edges(graph.give(2L * hour + 1, Candle.of("B", hour, b[hour]))));
        }

        assertThat(given)
                .containsExactly(
                        "correlates:symbol:A|symbol:B 1.000000 2024-08-01T00:00:00Z 2024-08-01T04:00:00Z",
                        "correlates:symbol:A|symbol:B 1.000000 2024-08-01T04:00:00Z 2024-08-01T08:00:00Z",
                        "-correlates:symbol:A|symbol:B");
    }

    @Test
    void shouldNotRelateWhatDoesNotVaryOrHasTooFewSamples() {
        GraphRig graph = new GraphRig(correlation("\"window\": \"20h\""));
        long offset = 0;
        for (int hour = 0; hour < 10; hour++) {
            graph.give(offset++, Candle.of("flat", hour, 0.1));
            graph.give(offset++, Candle.of("moving", hour, 1 + hour % 3));
            graph.give(offset++, Candle.of("negative", hour, -1 - hour % 3));
        }
        graph.give(offset++, Candle.of("short", 8, 1));
        graph.give(offset, Candle.of("short", 9, 2));

        assertThat(graph.end()).isEmpty();
    }

    @Test
    void shouldWeighPairsByTheSumOfAWindow() {
        GraphRig graph = new GraphRig("""
                {"vertices": {"base": {"label": "asset", "key": "LEFT(symbol, 1)"},
                              "quote": {"label": "asset", "key": "RIGHT(symbol, 1)"}},
                 "relations": [{"label": "trades_with", "type": "sum", "from": "base", "to": "quote", "value": "volume",
                                "time": "open_time", "step": "1h", "window": "3h", "every": "3h", "delay": "0s"}]}
                """);
        List<String> given = new ArrayList<>();
        for (int hour = 0; hour < 9; hour++) {
            String symbol = hour < 6 ? "AB" : "CB";
            given.addAll(graph.give(hour, new Candle(symbol, hour, null, hour + 0.5, null)));
        }
        given.addAll(graph.end());

        assertThat(given.stream().filter(text -> !text.startsWith("asset:")))
                .containsExactly(
                        "trades_with:asset:A|asset:B 4.500000 2024-08-01T00:00:00Z 2024-08-01T03:00:00Z",
                        "trades_with:asset:A|asset:B 13.500000 2024-08-01T03:00:00Z 2024-08-01T06:00:00Z",
                        "-trades_with:asset:A|asset:B",
                        "trades_with:asset:C|asset:B 22.500000 2024-08-01T06:00:00Z 2024-08-01T09:00:00Z");
    }

    private static List<String> endOf(List<Candle> rows) {
        GraphRig graph = new GraphRig(correlation("\"window\": \"48h\""));
        for (int i = 0; i < rows.size(); i++) {
            graph.give(i, rows.get(i));
        }
        return graph.end();
    }

    /** A and B move together, C against them, D on its own. */
    private static List<String> weights(String configuration) {
        GraphRig graph = new GraphRig(configuration);
        Random random = new Random(3);
        double level = 0;
        double other = 0;
        long offset = 0;
        for (int hour = 0; hour < 20; hour++) {
            level += random.nextGaussian() / 10;
            other += random.nextGaussian() / 10;
            graph.give(offset++, Candle.of("A", hour, 100 * Math.exp(level)));
            graph.give(offset++, Candle.of("B", hour, 10 * Math.exp(2 * level)));
            graph.give(offset++, Candle.of("C", hour, 50 * Math.exp(-level)));
            graph.give(offset++, Candle.of("D", hour, 50 * Math.exp(other)));
        }
        return graph.end().stream()
                .map(text -> text.replace("correlates:symbol:", "").split(" "))
                .map(parts -> parts[0] + " " + Math.round(Double.parseDouble(parts[1]) * 10) / 10.0)
                .toList();
    }

    private static double pearson(double[] a, double[] b) {
        int n = a.length - 1;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int i = 1; i <= n; i++) {
            double x = Math.log(a[i] / a[i - 1]);
            double y = Math.log(b[i] / b[i - 1]);
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }
        return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    }
}
