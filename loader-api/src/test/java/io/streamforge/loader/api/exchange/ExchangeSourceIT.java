package io.streamforge.loader.api.exchange;

import static io.streamforge.loader.api.Configured.rows;
import static io.streamforge.loader.api.Configured.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.exchange.Fault;
import io.streamforge.dummy.exchange.Fault.Kind;
import io.streamforge.dummy.exchange.Recorded;
import io.streamforge.loader.api.Configured;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;

class ExchangeSourceIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-09-01T00:00:00Z"), ZoneOffset.UTC);

    private final SimulatedExchange exchange = SimulatedExchange.start(0, ExchangeSettings.DEFAULT, CLOCK);
    private final Map<String, Object> candles = Map.of(
            "base_url",
            exchange.url(),
            "symbols",
            List.of("BTCUSDT"),
            "type",
            "api_candles_5m",
            "time_range",
            "2024-08-01:2024-08-02",
            "page_limit",
            100,
            "retry_delay",
            "5ms");
    private final Map<String, Object> trades =
            with(candles, "type", "api_trades", "time_range", "2024-08-01T00:00:00Z:2024-08-01T00:10:00Z");

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void shouldReadEveryCandleOfTheRangeOnceOverSeveralPages() throws ConnectorException {
        Source source = source(candles);
        Discovery discovery = source.discover();

        List<RecordBatch> batches = read(source, discovery.schema(), Optional.empty());

        List<Instant> times = rows(batches).stream()
                .map(row -> (Instant) row.get("open_time"))
                .toList();
        assertThat(discovery.estimatedRows()).hasValue(288);
        assertThat(discovery.schema().key()).containsExactly("symbol", "interval", "open_time");
        assertThat(batches).extracting(RecordBatch::size).containsExactly(100, 100, 88);
        assertThat(times).doesNotHaveDuplicates().isSorted().hasSize(288);
        assertThat(times.get(0)).isEqualTo("2024-08-01T00:00:00Z");
        assertThat(times.get(287)).isEqualTo("2024-08-01T23:55:00Z");
        assertThat(rows(batches).get(0))
                .containsEntry("symbol", "BTCUSDT")
                .containsEntry("interval", "5m")
                .containsEntry("open", new BigDecimal("56650.67000000"));
        assertThat(batches.get(0).rows().timestampMicros(1))
                .isEqualTo(times.get(1).toEpochMilli() * 1000);
    }

    @Test
    void shouldReadEveryTradeOfTheRangeOnceByIdAfterTheFirstPage() throws ConnectorException {
        List<RecordBatch> batches = read(trades, Optional.empty());

        List<Long> ids =
                rows(batches).stream().map(row -> (Long) row.get("trade_id")).toList();
        assertThat(ids).hasSize(1200).doesNotHaveDuplicates().isSorted();
        assertThat(ids.get(1199) - ids.get(0)).isEqualTo(1199);
        assertThat(rows(batches))
                .allMatch(row -> ((Instant) row.get("time")).isBefore(Instant.parse("2024-08-01T00:10:00Z")));
        assertThat(uris().get(0)).contains("startTime=");
        assertThat(uris().stream().skip(1)).allMatch(uri -> uri.contains("fromId="));
    }

    @Test
    void shouldResumeAfterEveryPositionWithoutLossOrRepetition() throws ConnectorException {
        for (Map<String, Object> options : List.of(candles, trades)) {
            List<RecordBatch> whole = read(options, Optional.empty());
            for (int i = 0; i < whole.size(); i++) {
                Position position = overTheWire(whole.get(i).position());

                List<RecordBatch> rest = read(options, Optional.of(position));

                assertThat(rows(rest)).isEqualTo(rows(whole.subList(i + 1, whole.size())));
            }
        }
    }

    @Test
    void shouldLookForTheFirstTradeHourByHour() throws ConnectorException {
        List<RecordBatch> batches =
                read(with(trades, "time_range", "2017-08-17T00:00:00Z:2017-08-17T04:00:05Z"), Optional.empty());

        assertThat(batches).extracting(RecordBatch::size).containsExactly(0, 0, 0, 0, 10);
        assertThat(batches.get(1).position()).isEqualTo(Position.of("next_time", 1_502_935_200_000L));
        assertThat(batches.get(4).position()).isEqualTo(Position.of("next_id", 10L));
    }

    @Test
    void shouldLeaveOutTheCandleThatIsNotFinished() throws ConnectorException {
        Clock now = Clock.fixed(Instant.parse("2024-08-01T12:02:00Z"), ZoneOffset.UTC);
        ExchangeOptions options = ExchangeOptions.of(
                Configured.options(new ExchangeConnector(), with(candles, "type", "api_candles_1h")));

        List<RecordBatch> batches =
                read(new ExchangeSource(options, now, duration -> {}), Schemas.CANDLES, Optional.empty());

        assertThat(rows(batches)).hasSize(12);
        assertThat(rows(batches).get(11)).containsEntry("close_time", Instant.parse("2024-08-01T11:59:59.999Z"));
    }

    @Test
    void shouldWaitAsLongAsTheExchangeAsks() throws ConnectorException {
        exchange.faults().add(Fault.of(Kind.RATE_LIMIT, 1).withRetryAfter(7).afterSkipping(1));
        List<Duration> pauses = new ArrayList<>();

        List<RecordBatch> batches = read(source(candles, pauses), Schemas.CANDLES, Optional.empty());

        assertThat(rows(batches)).hasSize(288);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(exchange.requests()).extracting(Recorded::status).containsExactly(200, 429, 200, 200);
        assertThat(uris().get(2)).isEqualTo(uris().get(1));
    }

    @Test
    void shouldNotAskAgainBeforeTheTimeIsOver() throws ConnectorException {
        exchange.faults().add(Fault.of(Kind.RATE_LIMIT, 1).withRetryAfter(1));
        long start = System.nanoTime();

        List<RecordBatch> batches = read(candles, Optional.empty());

        assertThat(rows(batches)).hasSize(288);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldGiveUpWhenTheExchangeAsksToWaitTooLong() {
        exchange.faults().add(Fault.of(Kind.RATE_LIMIT, 1).withRetryAfter(7200));

        assertThat(failure(candles).code()).isEqualTo("EXCHANGE-RATE-LIMITED");
        assertThat(exchange.requests()).hasSize(1);
    }

    @Test
    void shouldRepeatWhatFailsForAWhile() throws ConnectorException {
        exchange.faults().add(Fault.of(Kind.ERROR_5XX, 2));
        exchange.faults().add(Fault.of(Kind.CUT, 1));
        exchange.faults().add(Fault.of(Kind.GARBAGE, 1));
        exchange.faults().add(Fault.of(Kind.CUT, 1).afterSkipping(1));

        List<RecordBatch> batches = read(candles, Optional.empty());

        assertThat(rows(batches)).hasSize(288).doesNotHaveDuplicates();
        assertThat(exchange.requests()).hasSize(3 + 5);
    }

    @Test
    void shouldNoticeACutConnectionAtOnceEveryTime() throws ConnectorException {
        exchange.faults().add(Fault.of(Kind.CUT, 20));

        List<RecordBatch> batches = read(
                with(candles, "retries", 20, "circuit_failures", 100, "retry_max_delay", "5ms", "read_timeout", "5m"),
                Optional.empty());

        assertThat(rows(batches)).hasSize(288);
        assertThat(exchange.requests()).hasSize(20 + 3);
    }

    @Test
    void shouldGiveUpAfterTheLastRepetition() {
        exchange.faults().add(Fault.of(Kind.ERROR_5XX, 100));

        ErrorInfo error = failure(with(candles, "retries", 3));

        assertThat(error.code()).isEqualTo("EXCHANGE-SERVER-ERROR");
        assertThat(error.category().retryable()).isTrue();
        assertThat(exchange.requests()).hasSize(4);
    }

    @Test
    void shouldSayThatTheAddressIsNoExchange() {
        exchange.faults().add(Fault.of(Kind.GARBAGE, 100));

        assertThat(failure(with(candles, "retries", 1)).code()).isEqualTo("EXCHANGE-BAD-RESPONSE");
    }

    @Test
    void shouldLeaveAFailingExchangeAloneOnceTheCircuitIsOpen() {
        exchange.faults().add(Fault.of(Kind.ERROR_5XX, 100));

        ErrorInfo error = failure(with(candles, "retries", 5, "circuit_failures", 3));

        assertThat(error.code()).isEqualTo("EXCHANGE-CIRCUIT-OPEN");
        assertThat(error.message()).contains("503");
        assertThat(exchange.requests()).hasSize(3);
    }

    @Test
    void shouldGoOnWhenTheCircuitCloses() throws ConnectorException {
        exchange.faults().add(Fault.of(Kind.ERROR_5XX, 3));

        List<RecordBatch> batches = read(
                with(candles, "retries", 50, "circuit_failures", 3, "circuit_wait", "50ms", "retry_max_delay", "20ms"),
                Optional.empty());

        assertThat(rows(batches)).hasSize(288);
    }

    @Test
    void shouldTimeOutOnASlowReplyAndAskAgain() throws ConnectorException {
        exchange.faults().add(Fault.of(Kind.SLOW, 1).withDelay(Duration.ofMinutes(5)));

        List<RecordBatch> batches = read(with(candles, "read_timeout", "300ms"), Optional.empty());

        assertThat(rows(batches)).hasSize(288);
    }

    @Test
    void shouldSayWhichSymbolIsWrongAndWhatWasMeant() throws ConnectorException {
        Source source = source(with(candles, "symbols", List.of("ETHUSDT", "BTCUSTD")));

        assertThatThrownBy(source::discover).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.error().code()).isEqualTo("EXCHANGE-BAD-SYMBOL");
            assertThat(e.error().path()).isEqualTo("symbols");
            assertThat(e.error().message()).contains("BTCUSTD").doesNotContain("ETHUSDT");
            assertThat(e.error().suggestion()).isEqualTo("did you mean 'BTCUSDT'?");
            assertThat(e.error().category().retryable()).isFalse();
        });
    }

    @Test
    void shouldMakeASplitOfEachSymbol() throws ConnectorException {
        Discovery discovery = source(with(candles, "symbols", List.of("ETHUSDT", "BTCUSDT", "ETHUSDT")))
                .discover();

        assertThat(discovery.splits()).extracting(split -> split.id()).containsExactly("ETHUSDT", "BTCUSDT");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        Map<String, Object> options = with(candles, "retries", 1);
        exchange.close();

        ErrorInfo error = failure(options);

        assertThat(error.code()).isEqualTo("EXCHANGE-UNREACHABLE");
        assertThat(error.message()).contains("connection refused");
    }

    @Test
    void shouldReadOnlyWhatIsAskedFor() throws ConnectorException {
        Source source = source(candles);
        Discovery discovery = source.discover();

        List<RecordBatch> two = source.read(discovery.splits().get(0), Optional.empty(), discovery.schema())
                .take(2, true)
                .collectList()
                .block();

        assertThat(two).hasSize(2);
        assertThat(exchange.requests()).hasSize(1 + 2);
    }

    @Test
    void shouldStopAtOnceWhenCancelledInTheMiddleOfACall() throws Exception {
        Source source = source(candles);
        Discovery discovery = source.discover();
        exchange.faults().add(Fault.of(Kind.SLOW, 1).withDelay(Duration.ofMinutes(5)));
        AtomicReference<Thread> reader = new AtomicReference<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Disposable reading = source.read(discovery.splits().get(0), Optional.empty(), discovery.schema())
                .doOnSubscribe(subscription -> reader.set(Thread.currentThread()))
                .subscribeOn(Schedulers.fromExecutor(task -> new Thread(() -> {
                            task.run();
                            ended.complete(Thread.currentThread().isInterrupted());
                        })
                        .start()))
                .subscribe();
        await().until(() -> exchange.requests().size() == 2);

        reading.dispose();

        assertThat(ended.get(30, TimeUnit.SECONDS)).isFalse();
        reader.get().join(5000);
        assertThat(reader.get().isAlive()).isFalse();
    }

    private Source source(Map<String, Object> options) throws ConnectorException {
        return Configured.source(new ExchangeConnector(), options);
    }

    private Source source(Map<String, Object> options, List<Duration> pauses) throws ConnectorException {
        ExchangeOptions parsed = ExchangeOptions.of(Configured.options(new ExchangeConnector(), options));
        return new ExchangeSource(parsed, Clock.systemUTC(), pauses::add);
    }

    private List<RecordBatch> read(Map<String, Object> options, Optional<Position> from) throws ConnectorException {
        boolean tradesWanted = options.containsValue("api_trades");
        return read(source(options), tradesWanted ? Schemas.TRADES : Schemas.CANDLES, from);
    }

    private static List<RecordBatch> read(Source source, RowSchema schema, Optional<Position> from) {
        Split split = new Split("BTCUSDT", Map.of("symbol", "BTCUSDT"));
        return Objects.requireNonNull(
                source.read(split, from, schema).collectList().block());
    }

    private ErrorInfo failure(Map<String, Object> options) {
        try {
            read(options, Optional.empty());
        } catch (ConnectorException e) {
            return e.error();
        } catch (RuntimeException e) {
            return ((ConnectorException) Exceptions.unwrap(e)).error();
        }
        throw new AssertionError("nothing failed");
    }

    private List<String> uris() {
        return exchange.requests().stream().map(Recorded::uri).toList();
    }

    private static Position overTheWire(Position position) {
        return Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(position), Position.class);
    }
}
