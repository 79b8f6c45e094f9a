package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.Problem;
import io.streamforge.connector.StagePlan;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesReaderTest {

    private static final RowSchema ORDERS = new RowSchema(
            "shop.orders",
            List.of(Column.required("id", DataType.INT64), Column.required("customer", DataType.INT64)),
            List.of("id"));
    private static final RowSchema CUSTOMERS = new RowSchema(
            "shop.customers",
            List.of(Column.required("id", DataType.INT64), Column.required("tags", DataType.array(DataType.STRING))),
            List.of("id"));

    @Test
    void shouldBeKnownByItsName() {
        assertThat(Catalog.load().stages()).containsOnlyKeys("graph");
    }

    @Test
    void shouldGiveTwoTablesOfOnePartition() {
        StagePlan plan = GraphRig.plan(
                        "{\"vertices\": {\"symbol\": {\"key\": \"symbol\"}}}",
                        List.of(GraphRig.CANDLES),
                        new ArrayList<>())
                .orElseThrow();

        assertThat(plan.output()).extracting(RowSchema::name).containsExactly("vertices", "edges");
        assertThat(plan.output()).allSatisfy(table -> assertThat(table.key()).containsExactly("id"));
        assertThat(plan.onePartition()).isTrue();
    }

    @Test
    void shouldReportEveryMistakeWithItsPlaceAndASuggestion() {
        assertThat(problems("""
                        {"vertices": {
                           "symbol": {"kee": "symbol", "properties": {
                              "last": {"value": "clos", "merge": "lastt"}, "names": {"value": "symbol", "merge": "sum"}, "n": {}}},
                           "asset": {"key": "close > 1", "when": "close"},
                           "9to5": {"key": "volume"}},
                         "edges": [
                           {"label": "base_of", "from": "asett", "to": {"vertex": "symbol"}, "weight": "symbol"},
                           {"from": "asset", "to": "asset", "valid_from": "close"},
                           7],
                         "relations": [
                           {"label": "base_of", "type": "correlation", "between": "symbol", "value": "close", "time": "trades",
                            "step": "1h", "window": "90m", "threshold": "high", "top_k": 0, "from": "asset"},
                           {"label": "x", "type": "summ"}],
                         "flush_rows": 100000, "edgess": []}
                        """, GraphRig.CANDLES))
                .containsExactly(
                        "GRAPH-CONFIGURATION vertices.symbol: 'key' is missing (add key, for example key: customer_id)",
                        "GRAPH-CONFIGURATION vertices.symbol.properties.last.merge: 'lastt' is not known here (did"
                                + " you mean 'last'? allowed: count, first, last, max, min, sum)",
                        "EXPRESSION-COLUMN vertices.symbol.properties.last.value: at character 1: there is no"
                                + " column 'clos' (did you mean 'close'? allowed: close, open_time, symbol, trades, volume)",
                        "GRAPH-MERGE vertices.symbol.properties.names.merge: STRING values have no sum (use first,"
                                + " last or count)",
                        "GRAPH-CONFIGURATION vertices.symbol.properties.n: 'value' is missing (add value, for"
                                + " example value: total)",
                        "GRAPH-MEMBER vertices.symbol.kee: unknown member (did you mean 'key'? allowed: key,"
                                + " label, properties, table, valid_from, valid_to, when)",
                        "EXPRESSION-TYPE vertices.asset.when: expected a condition, not DECIMAL(28,8) (CAST it)",
                        "GRAPH-CONFIGURATION vertices.9to5.label: '9to5' is not a label (begin with a letter and"
                                + " use letters, digits and underscores, at most 63)",
                        "EXPRESSION-TYPE vertices.9to5.key: expected a name: text, a whole number, a uuid or a"
                                + " date, not FLOAT64 (CAST it)",
                        "GRAPH-REFERENCE edges[0].from: there is no vertex 'asett' (did you mean 'asset'? allowed:"
                                + " 9to5, asset, symbol)",
                        "GRAPH-CONFIGURATION edges[0].to: 'key' is missing (add key, for example key: customer_id)",
                        "EXPRESSION-TYPE edges[0].weight: expected a number, not STRING (CAST it)",
                        "GRAPH-CONFIGURATION edges[1]: 'label' is missing (add label, for example label: buys_at)",
                        "EXPRESSION-TYPE edges[1].valid_from: expected a date or timestamp, not DECIMAL(28,8) (CAST it)",
                        "GRAPH-CONFIGURATION edges[2]: expected names with values (for example {label: buys_at,"
                                + " from: customer, to: shop})",
                        "GRAPH-REFERENCE relations[0].label: other edges have the label 'base_of' (choose another,"
                                + " so that they are not mistaken for one another)",
                        "EXPRESSION-TYPE relations[0].time: expected a date or timestamp, not INT64 (CAST it)",
                        "GRAPH-CONFIGURATION relations[0].window: it is not 1 to 10000 whole steps long (write a"
                                + " multiple of the step)",
                        "GRAPH-CONFIGURATION relations[0].threshold: 'high' is not a number (from 0 to 1)",
                        "GRAPH-CONFIGURATION relations[0].top_k: '0' is out of bounds (1 or more)",
                        "GRAPH-MEMBER relations[0].from: unknown member (allowed: between, delay, every, label,"
                                + " min_samples, returns, step, table, threshold, time, top_k, type, value, window)",
                        "GRAPH-CONFIGURATION relations[1].type: 'summ' is not known here (did you mean 'sum'?"
                                + " allowed: correlation, sum)",
                        "GRAPH-CONFIGURATION relations[1]: 'time' is missing (add time, for example time: open_time)",
                        "GRAPH-CONFIGURATION relations[1]: 'value' is missing (add value, for example value: close)",
                        "GRAPH-CONFIGURATION relations[1]: 'step' is missing (add step, for example step: 1h)",
                        "GRAPH-CONFIGURATION flush_rows: '100000' is out of bounds (from 1 to 10000)",
                        "GRAPH-MEMBER edgess: unknown member (did you mean 'edges'? allowed: edges, flush_rows,"
                                + " max_elements, relations, vertices)");
    }

    @Test
    void shouldAskForTheTableWhenThereAreSeveral() {
        assertThat(problems("{\"vertices\": {\"customer\": {\"key\": \"id\"}}}", ORDERS, CUSTOMERS))
                .containsExactly("GRAPH-CONFIGURATION vertices.customer.table: the rows come from 2 tables (name one of"
                        + " shop.orders, shop.customers)");
    }

    @Test
    void shouldFindAVertexOfAnotherTableByAKeyOfThisOne() {
        String edges = """
                {"vertices": {"customer": {"table": "shop.customers", "key": "id"}, "order": {"table": "shop.orders", "key": "id"}},
                 "edges": [{"table": "shop.orders", "label": "ordered", "from": %s, "to": "order"}]}
                """;

        assertThat(problems(edges.formatted("{\"vertex\": \"customer\", \"key\": \"customer\"}"), ORDERS, CUSTOMERS))
                .isEmpty();
        assertThat(problems(edges.formatted("\"customer\""), ORDERS, CUSTOMERS))
                .containsExactly(
                        "GRAPH-REFERENCE edges[0].from: vertex 'customer' is made of rows of another table (an edge"
                                + " says how its key is found: {vertex: customer, key: \"…\"})");
    }

    @Test
    void shouldNotMergeAPropertyByTwoRules() {
        assertThat(problems("""
                        {"vertices": {
                           "base": {"label": "asset", "key": "symbol", "properties": {"n": {"merge": "count"}}},
                           "quote": {"label": "asset", "key": "symbol", "properties": {"n": "trades"}}}}
                        """, GraphRig.CANDLES))
                .containsExactly(
                        "GRAPH-MERGE vertices.quote.properties.n: another rule of the label merges it by 'count'"
                                + " (use the same, or another name)");
    }

    private static List<String> problems(String json, RowSchema... input) {
        List<Problem> problems = new ArrayList<>();
        Optional<StagePlan> plan = GraphRig.plan(json, List.of(input), problems);
        assertThat(plan.isEmpty()).isEqualTo(!problems.isEmpty());
        return problems.stream()
                .map(problem -> problem.code() + " " + problem.path() + ": " + problem.message()
                        + (problem.suggestion() == null ? "" : " (" + problem.suggestion() + ")"))
                .toList();
    }
}
