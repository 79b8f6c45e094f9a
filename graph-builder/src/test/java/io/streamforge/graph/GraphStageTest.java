package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.GraphRig.Candle;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class GraphStageTest {

    private static final String SYMBOLS = """
            {"vertices": {
               "symbol": {"key": "symbol"},
               "base": {"label": "asset", "key": "LEFT(symbol, 1)"},
               "quote": {"label": "asset", "key": "RIGHT(symbol, 1)", "when": "symbol <> 'XX'"}},
             "edges": [
               {"label": "base_of", "from": "base", "to": "symbol"},
               {"label": "quotes", "from": "quote", "to": "symbol"}]}
            """;

    @Test
    void shouldMakeTheVerticesAndEdgesOfARow() {
        GraphRig graph = new GraphRig(SYMBOLS);

        assertThat(graph.give(0, Candle.of("AB", 0, 1)))
                .containsExactly(
                        "symbol:AB", "asset:A", "asset:B", "base_of:asset:A|symbol:AB", "quotes:asset:B|symbol:AB");
    }

    @Test
    void shouldGiveWhatHasNotChangedOncePerBlock() {
        GraphRig graph = new GraphRig(SYMBOLS);
        graph.give(0, Candle.of("AB", 0, 1));

        assertThat(graph.give(1, Candle.of("AB", 1, 2))).isEmpty();
        assertThat(graph.give(2, Candle.of("CB", 1, 2))).contains("asset:C").doesNotContain("asset:B");
        assertThat(graph.give(Elements.BLOCK + 3, Candle.of("AB", 2, 3))).hasSize(5);
        assertThat(graph.needed()).contains(Elements.BLOCK + 3L);
    }

    @Test
    void shouldMakeNoEdgeWithoutBothVertices() {
        GraphRig graph = new GraphRig(SYMBOLS);

        assertThat(graph.give(0, Candle.of("XX", 0, 1)))
                .containsExactly("symbol:XX", "asset:X", "base_of:asset:X|symbol:XX");
    }

    @Test
    void shouldMergeEachPropertyByItsRule() {
        GraphRig graph = new GraphRig("""
                {"vertices": {"symbol": {"key": "symbol", "properties": {
                   "close": "close",
                   "open": {"value": "close", "merge": "first"},
                   "low": {"value": "close", "merge": "min"},
                   "high": {"value": "close", "merge": "max"},
                   "trades": {"value": "trades", "merge": "sum"},
                   "candles": {"merge": "count"},
                   "at": "open_time"}}}}
                """);
        graph.give(7, new Candle("A", 0, new BigDecimal("2.50"), 1.0, 5L));
        graph.give(8, new Candle("A", 1, new BigDecimal("1"), 1.0, null));

        assertThat(graph.give(9, new Candle("A", 2, null, 1.0, 4L)))
                .containsExactly(
                        "symbol:A {\"close\":null,\"open\":2.5,\"low\":1,\"high\":2.5,\"trades\":9,\"candles\":3,"
                                + "\"at\":\"2024-08-01T02:00:00Z\"}");
        assertThat(graph.needed()).contains(7L);
    }

    @Test
    void shouldGiveChangedElementsOncePerFlushAndAtTheEnd() {
        GraphRig graph = new GraphRig("""
                {"flush_rows": 10, "vertices": {"symbol": {"key": "symbol", "properties": {"n": {"merge": "count"}}}}}
                """);

        assertThat(graph.give(0, Candle.of("A", 0, 1))).isEmpty();
        assertThat(graph.give(9, Candle.of("A", 1, 1))).isEmpty();
        assertThat(graph.give(11, Candle.of("B", 2, 1))).containsExactly("symbol:A {\"n\":2}");
        assertThat(graph.end()).containsExactly("symbol:B {\"n\":1}");
        assertThat(graph.end()).isEmpty();
    }

    @Test
    void shouldKeepValidityWeightAndKeyOfAnEdge() {
        GraphRig graph = new GraphRig("""
                {"vertices": {"symbol": {"key": "symbol"}, "day": {"key": "DATE_TRUNC('day', open_time)"}},
                 "edges": [{"label": "traded_on", "from": "symbol", "to": {"vertex": "day", "key": "CAST(open_time AS DATE)"},
                            "key": "trades", "weight": "volume", "valid_from": "open_time"}]}
                """.replace("DATE_TRUNC('day', open_time)", "CAST(open_time AS DATE)"));

        assertThat(graph.give(0, new Candle("A|B", 3, null, 2.5, 8L)))
                .contains("traded_on:symbol:A%7CB|day:2024-08-01|8 2.500000 2024-08-01T03:00:00Z");
    }

    @Test
    void shouldRejectARowThatARuleCannotBeAppliedToAndForgetIt() {
        GraphRig graph = new GraphRig("""
                {"vertices": {"symbol": {"key": "symbol", "properties": {"n": {"merge": "count"}, "ratio": "1 / trades"}}}}
                """);
        graph.give(0, new Candle("A", 0, null, 1.0, 1L));

        assertThat(graph.give(1, new Candle("A", 1, null, 1.0, 0L))).isEmpty();
        assertThat(graph.rejection())
                .hasValueSatisfying(rejection -> assertThat(rejection.code()).isEqualTo("EXPRESSION-DIVISION-BY-ZERO"));
        assertThat(graph.give(2, new Candle("", 1, null, 1.0, 1L))).isEmpty();
        assertThat(graph.rejection()).hasValueSatisfying(rejection -> assertThat(rejection.message())
                .isEqualTo("the key of vertex 'symbol' is empty"));
        assertThat(graph.give(3, new Candle("A", 1, null, 1.0, 1L)).get(0)).contains("\"n\":2");
    }

    @Test
    void shouldRememberWhatDeletedRowsHaveSaid() {
        GraphRig graph = new GraphRig(SYMBOLS);
        graph.give(0, Candle.of("AB", 0, 1));

        assertThat(graph.delete(1, "AB", 0)).isEmpty();
        assertThat(graph.rejection()).isEmpty();
    }
}
