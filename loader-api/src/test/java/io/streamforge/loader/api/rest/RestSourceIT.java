package io.streamforge.loader.api.rest;

import static io.streamforge.loader.api.Configured.rows;
import static io.streamforge.loader.api.Configured.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.exchange.Fault;
import io.streamforge.dummy.exchange.Fault.Kind;
import io.streamforge.loader.api.Configured;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;

class RestSourceIT {

    private final SimulatedExchange exchange =
            SimulatedExchange.start(0, ExchangeSettings.DEFAULT.withOrders(250).withOrdersToken("geheim123"));
    private final FakeApi api;
    private final Map<String, Object> orders = Map.of(
            "url",
            exchange.url() + "/api/orders",
            "rows",
            "/items",
            "headers",
            Map.of("Authorization", "Bearer geheim123"),
            "retry_delay",
            "5ms",
            "key",
            "id");

    RestSourceIT() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void close() {
        exchange.close();
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "page, size, 3, /api/orders, /items",
        "offset, limit, 4, /api/orders, /items",
        "cursor, limit, 3, /api/orders, /items",
        "link, limit, 3, /api/orders/linked, ''"
    })
    void shouldReadEveryRowOnceAndResumeAfterEveryPage(
            String paging, String sizeParameter, int calls, String path, String rows) throws Exception {
        Map<String, Object> options = with(
                orders,
                "url",
                exchange.url() + path,
                "rows",
                rows,
                "paging",
                paging,
                "size_param",
                sizeParameter,
                "page_size",
                100);

        List<RecordBatch> whole = read(options, Optional.empty());

        assertThat(rows(whole)).extracting(row -> row.get("id")).hasSize(250).doesNotHaveDuplicates();
        assertThat(rows(whole))
                .isEqualTo(Configured.readAll(
                        new RestConnector(),
                        with(orders, "page_size", 0, "url", exchange.url() + "/api/orders?limit=1000")));
        for (int i = 0; i < whole.size(); i++) {
            List<RecordBatch> rest =
                    read(options, Optional.of(overTheWire(whole.get(i).position())));
            assertThat(rows(rest)).isEqualTo(rows(whole.subList(i + 1, whole.size())));
        }
    }

    @Test
    void shouldInferTypesFromTheFirstPage() throws Exception {
        List<RecordBatch> batches = read(with(orders, "paging", "cursor"), Optional.empty());

        assertThat(batches.get(0).schema().name()).isEqualTo("orders");
        assertThat(batches.get(0).schema().columns())
                .extracting(column -> column.name() + " " + column.type() + (column.nullable() ? "" : " required"))
                .containsExactly(
                        "id INT64 required",
                        "customer STRING",
                        "country STRING",
                        "status STRING",
                        "amount DECIMAL(38,2)",
                        "express BOOLEAN",
                        "created_at TIMESTAMP_TZ(6)",
                        "tags JSON");
        assertThat(rows(batches).get(3))
                .containsEntry("amount", new BigDecimal("80.96"))
                .containsEntry("created_at", Instant.parse("2024-08-01T00:02:28Z"))
                .containsEntry("tags", "[\"gift\",\"fragile\"]");
    }

    @Test
    void shouldRejectRowsThatDoNotFitAndKeepTheOthers() throws Exception {
        Map<String, Object> options = with(
                orders,
                "url",
                exchange.url() + "/api/orders?broken=97",
                "paging",
                "offset",
                "columns",
                with(Map.of("id", "INT64"), "amount", "DECIMAL(12,2)"));

        List<RecordBatch> batches = read(options, Optional.empty());

        List<RejectedRow> rejected =
                batches.stream().flatMap(batch -> batch.rejected().stream()).toList();
        assertThat(rows(batches)).hasSize(248);
        assertThat(rejected).extracting(RejectedRow::place).containsExactly("page 1, row 97", "page 2, row 94");
        assertThat(rejected.get(0).message()).contains("amount").contains("n/a");
        assertThat(new String(rejected.get(0).raw(), UTF_8))
                .startsWith("{\"id\":97,")
                .endsWith("}");
    }

    @Test
    void shouldReadOnWithinTheLastPageWhenItHasGrown() throws Exception {
        for (String paging : List.of("page", "link", "none")) {
            api.answer("/r?limit=3&page=1", "[{\"id\":1},{\"id\":2}]").answer("/r?limit=3&page=2", "[]");
            api.answer("/r?limit=3", "[{\"id\":1},{\"id\":2}]").answer("/r", "[{\"id\":1},{\"id\":2}]");
            Map<String, Object> options = Map.of("url", api.url() + "/r", "paging", paging, "page_size", 3);
            List<RecordBatch> first = read(options, Optional.empty());
            api.answer("/r?limit=3&page=1", "[{\"id\":1},{\"id\":2},{\"id\":3}]");
            api.answer("/r?limit=3", "[{\"id\":1},{\"id\":2},{\"id\":3}]");
            api.answer("/r", "[{\"id\":1},{\"id\":2},{\"id\":3}]");

            List<RecordBatch> more = read(options, Optional.of(first.get(0).position()));

            assertThat(rows(first)).as(paging).hasSize(2);
            assertThat(rows(more)).as(paging).containsExactly(Map.of("id", 3L));
        }
    }

    @Test
    void shouldCutLargePagesIntoBatchesAndResumeBetweenThem() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            rows.add("{\"id\":" + i + ",\"text\":\"" + "x".repeat(50) + "\"}");
        }
        api.answer("/big", "[" + String.join(",", rows) + "]");
        Map<String, Object> options = Map.of("url", api.url() + "/big");

        List<RecordBatch> whole = read(options, Optional.empty());
        List<RecordBatch> rest = read(options, Optional.of(whole.get(1).position()));

        assertThat(whole).hasSizeBetween(3, 5);
        assertThat(rows(whole)).hasSize(30_000);
        assertThat(rows(rest)).isEqualTo(rows(whole.subList(2, whole.size())));
    }

    @Test
    void shouldFollowALinkInTheBody() throws Exception {
        api.answer("/d?limit=100", "{\"results\":[{\"a\":1}],\"next\":\"" + api.url() + "/d?after=1&limit=100\"}");
        api.answer("/d?after=1&limit=100", "{\"results\":[{\"a\":2}],\"next\":null}");

        List<RecordBatch> batches = read(
                Map.of("url", api.url() + "/d", "rows", "/results", "paging", "link", "link_pointer", "/next"),
                Optional.empty());

        assertThat(rows(batches)).extracting(row -> row.get("a")).containsExactly(1L, 2L);
    }

    @Test
    void shouldNotStoreSecretsOfTheQueryInAPosition() throws Exception {
        api.answer("/q?api_key=geheim&limit=100", 200, next("/q?after=1&api_key=geheim"), "[{\"a\":1}]");
        api.answer("/q?after=1&api_key=geheim", 200, next("/q?after=2&api_key=geheim"), "[{\"a\":2}]");
        api.answer("/q?after=2&api_key=geheim", "[{\"a\":3}]");

        List<RecordBatch> batches = read(
                Map.of("url", api.url() + "/q", "paging", "link", "query", Map.of("api_key", "geheim")),
                Optional.empty());

        assertThat(rows(batches)).hasSize(3);
        assertThat(batches)
                .allSatisfy(batch ->
                        assertThat(batch.position().values().toString()).doesNotContain("geheim"));
    }

    @Test
    void shouldSendCredentialsToNoOtherServer() throws Exception {
        try (FakeApi other = new FakeApi()) {
            other.answer("/r", "[{\"a\":1}]");
            String port = other.url().substring(other.url().lastIndexOf(':'));
            api.answer("/moved", 302, Map.of("Location", other.url() + "/r"), "");
            api.answer("/renamed", 307, Map.of("Location", "http://localhost" + port + "/r"), "");
            api.answer(
                    "/linked?limit=100", 200, Map.of("Link", "<" + other.url() + "/r>; rel=\"next\""), "[{\"a\":1}]");
            Map<String, Object> headers = Map.of("headers", Map.of("X-Token", "geheim123"), "retries", 0);

            ErrorInfo moved = failure(with(headers, "url", api.url() + "/moved"));
            ErrorInfo renamed = failure(with(headers, "url", api.url() + "/renamed"));
            ErrorInfo linked = failure(with(headers, "url", api.url() + "/linked", "paging", "link"));

            assertThat(moved.code()).isEqualTo("REST-REDIRECT");
            assertThat(renamed.code()).isEqualTo("REST-REDIRECT");
            assertThat(linked.code()).isEqualTo("REST-FOREIGN-LINK");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void shouldFollowRedirectsOfTheSameServerWithItsHeaders() throws Exception {
        api.answer("/old", 301, Map.of("Location", "/new"), "");
        api.answer("/new", "[{\"a\":1}]");

        List<RecordBatch> batches =
                read(Map.of("url", api.url() + "/old", "headers", Map.of("X-Token", "t")), Optional.empty());

        assertThat(rows(batches)).hasSize(1);
        assertThat(api.asked()).allMatch(call -> "t".equals(call.headers().getFirst("X-Token")));
    }

    @Test
    void shouldGiveUpOnRedirectsWithoutEnd() {
        api.answer("/loop", 302, Map.of("Location", "/loop"), "");

        assertThat(failure(Map.of("url", api.url() + "/loop")).code()).isEqualTo("REST-REDIRECT");
    }

    @Test
    void shouldNotRepeatSecretsThatTheServerRepeats() {
        String echo = "key geheim123 and Bearer geheim123 are not welcome";
        for (int status : List.of(400, 401, 403, 404, 500)) {
            api.answer("/secret/path?api_key=geheim123", status, Map.of(), echo);
            Map<String, Object> options = Map.of(
                    "url",
                    api.url() + "/secret/path",
                    "query",
                    Map.of("api_key", "geheim123"),
                    "headers",
                    Map.of("Authorization", "Bearer geheim123"),
                    "retries",
                    0);

            ConnectorException failure = exception(options);

            assertThat(trace(failure)).as("status %d", status).doesNotContain("geheim123", "/secret/path");
            assertThat(failure.error().category()).isEqualTo(status == 500 ? Category.TRANSIENT : Category.FATAL);
        }
    }

    @Test
    void shouldSayThatTheTokenIsWrong() {
        ErrorInfo error = failure(with(orders, "headers", Map.of("Authorization", "Bearer wrong")));

        assertThat(error.code()).isEqualTo("REST-UNAUTHORIZED");
        assertThat(exchange.requests()).hasSize(1);
    }

    @Test
    void shouldRepeatWhatFailsForAWhile() throws Exception {
        exchange.faults().add(Fault.of(Kind.ERROR_5XX, 1));
        exchange.faults().add(Fault.of(Kind.CUT, 1).afterSkipping(1));
        exchange.faults().add(Fault.of(Kind.GARBAGE, 1));

        List<RecordBatch> batches = read(with(orders, "paging", "cursor"), Optional.empty());

        assertThat(rows(batches)).extracting(row -> row.get("id")).hasSize(250).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[{\"a\":1},", "[{\"a\":1}]]", "<html>", "[{\"a\":1}, nonsense]"})
    void shouldNotTakeACutOrForeignPageForAnEnd(String body) {
        api.answer("/x", body);

        assertThat(failure(Map.of("url", api.url() + "/x", "retries", 1, "retry_delay", "1ms"))
                        .code())
                .isEqualTo("REST-BAD-RESPONSE");
        assertThat(api.uris()).hasSize(2);
    }

    @Test
    void shouldNotReadThePagesOfAnApiThatIgnoresThePageForEver() {
        api.answer("/x?limit=100&page=1", "[{\"a\":1}]").answer("/x?limit=100&page=2", "[{\"a\":1}]");
        api.answer("/c?limit=100", "{\"items\":[{\"a\":1}],\"next_cursor\":\"z\"}");
        api.answer("/c?limit=100&cursor=z", "{\"items\":[{\"a\":1}],\"next_cursor\":\"z\"}");

        assertThat(failure(Map.of("url", api.url() + "/x", "paging", "page")).code())
                .isEqualTo("REST-PAGE-REPEATED");
        assertThat(failure(Map.of("url", api.url() + "/c", "paging", "cursor", "rows", "/items"))
                        .code())
                .isEqualTo("REST-PAGE-REPEATED");
    }

    @Test
    void shouldRefuseAReplyThatIsTooLarge() {
        api.answer("/x", "[" + "1,".repeat(10_000) + "1]");

        ErrorInfo error = failure(Map.of("url", api.url() + "/x", "max_response_size", "4KiB"));

        assertThat(error.code()).isEqualTo("REST-TOO-LARGE");
        assertThat(error.message()).contains("4096");
    }

    @Test
    void shouldReadTheFirstPagesOnlyWhenAsked() throws Exception {
        List<RecordBatch> batches =
                read(with(orders, "paging", "cursor", "page_size", 10, "max_pages", 3), Optional.empty());

        assertThat(rows(batches)).hasSize(30);
    }

    @Test
    void shouldTakeNoContentForNoRows() throws Exception {
        api.answer("/x", 204, Map.of(), "");

        assertThat(read(Map.of("url", api.url() + "/x", "columns", Map.of("a", "INT64")), Optional.empty()))
                .isEmpty();
    }

    private static Map<String, String> next(String link) {
        return Map.of("Link", "<" + link + ">; rel=\"next\"");
    }

    private static List<RecordBatch> read(Map<String, Object> options, Optional<Position> from)
            throws ConnectorException {
        try (Source source = Configured.source(new RestConnector(), options)) {
            Discovery found = source.discover();
            return Objects.requireNonNull(source.read(found.splits().get(0), from, found.schema())
                    .collectList()
                    .block());
        }
    }

    private static ErrorInfo failure(Map<String, Object> options) {
        return exception(options).error();
    }

    private static ConnectorException exception(Map<String, Object> options) {
        try {
            read(options, Optional.empty());
        } catch (ConnectorException e) {
            return e;
        } catch (RuntimeException e) {
            return (ConnectorException) Exceptions.unwrap(e);
        }
        throw new AssertionError("nothing failed");
    }

    private static String trace(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            words.append(at).append('\n');
        }
        return words.append(((ConnectorException) failure).error()).toString();
    }

    private static Position overTheWire(Position position) {
        return Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(position), Position.class);
    }
}
