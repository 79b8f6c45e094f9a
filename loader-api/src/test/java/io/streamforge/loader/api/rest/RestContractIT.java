package io.streamforge.loader.api.rest;

import static io.streamforge.loader.api.Configured.with;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.connector.SourceConnector;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.loader.api.Configured;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import io.streamforge.testing.SourceContract;
import io.streamforge.testing.TypeSamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

class RestContractIT extends SourceContract {

    private final SimulatedExchange exchange = SimulatedExchange.start(0, ExchangeSettings.DEFAULT.withOrders(250));
    private final FakeApi api;
    private final Map<String, Object> options = Map.of("url", exchange.url() + "/api/orders", "retry_delay", "5ms");

    RestContractIT() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void close() {
        exchange.close();
        api.close();
    }

    @Override
    protected SourceConnector connector() {
        return new RestConnector();
    }

    /** What small pages give must be what one large page gives. */
    @Override
    protected Content large() throws Exception {
        Map<String, Object> paged = with(options, "rows", "/items", "paging", "cursor", "key", "id", "page_size", 40);
        return new Content(paged, Configured.readAll(connector(), with(paged, "page_size", 1000)));
    }

    @Override
    protected Content everyType() {
        List<Column> columns = new ArrayList<>();
        List<List<Object>> samples = new ArrayList<>();
        TypeSamples.all().forEach(arguments -> sample(arguments, columns, samples));
        RowSchema schema = new RowSchema("types", columns, List.of());
        List<Map<String, @Nullable Object>> rows = rows(schema, samples);
        api.answer("/types", json(schema, rows));
        Map<String, Object> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type().toString()));
        return new Content(Map.of("url", api.url() + "/types", "columns", types), rows);
    }

    @Override
    protected Map<String, Map<String, Object>> wrong() {
        api.answer("/root", "{\"items\":[],\"meta\":{}}");
        api.answer("/empty", "[]");
        return Map.of(
                "set rows to one of /items", with(options, "url", api.url() + "/root"),
                "REST-NO-COLUMNS", with(options, "url", api.url() + "/empty"),
                "there is no column uid", with(options, "rows", "/items", "key", "uid"),
                "404", with(options, "url", api.url() + "/nothing"));
    }

    @Override
    protected void assertNothingHeld() {
        // A page is whole in memory before its rows are; nothing stays open between two pages.
    }

    /** JSON has one null, so the text {@code null} of a JSON column is not told from the column's own. */
    private static void sample(Arguments arguments, List<Column> columns, List<List<Object>> samples) {
        DataType type = (DataType) arguments.get()[0];
        columns.add(Column.nullable("c" + columns.size(), type));
        samples.add(((List<?>) arguments.get()[1])
                .stream()
                        .filter(value -> !value.equals("null"))
                        .map(Object.class::cast)
                        .toList());
    }

    private static List<Map<String, @Nullable Object>> rows(RowSchema schema, List<List<Object>> samples) {
        int longest = samples.stream().mapToInt(List::size).max().orElseThrow();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row <= longest; row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int column = 0; column < samples.size(); column++) {
                List<Object> sample = samples.get(column);
                values.put("c" + column, row < sample.size() ? sample.get(row) : null);
            }
            rows.add(values);
        }
        return rows;
    }

    private static String json(RowSchema schema, List<Map<String, @Nullable Object>> rows) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        for (Map<String, @Nullable Object> row : rows) {
            byte[] encoded = RowWriter.encode(schema, row);
            json.add(new String(
                    new JsonRows(schema).toBytes(new RowCursor(schema).wrap(encoded, 0, encoded.length)), UTF_8));
        }
        return json.toString();
    }
}
