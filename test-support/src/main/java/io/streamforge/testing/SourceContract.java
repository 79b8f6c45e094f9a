package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowCursor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** What every bounded source must do; a connector's test extends it and prepares the system to read from. */
public abstract class SourceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGEST_BATCH = 2 << 20;

    /**
     * A source and what it holds.
     *
     * @param options as a user writes them
     * @param rows all rows of all splits in reading order by column name, in the Java form of {@link RowCursor#value}
     */
    public record Content(Map<String, Object> options, List<Map<String, @Nullable Object>> rows) {}

    /** A row of names, each followed by its value. */
    protected static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) Objects.requireNonNull(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    /** The rows of the numbers from 1 on. */
    protected static List<Map<String, @Nullable Object>> rows(
            int count, LongFunction<Map<String, @Nullable Object>> row) {
        return LongStream.rangeClosed(1, count).mapToObj(row).toList();
    }

    protected abstract SourceConnector connector();

    /** More rows than fit three batches, all different. */
    protected abstract Content large() throws Exception;

    /** A few rows with the extremes of every type the connector can read, and nulls. */
    protected abstract Content everyType() throws Exception;

    /** Options that are wrong, each for one reason, by a word that the error must hold. */
    protected abstract Map<String, Map<String, Object>> wrong() throws Exception;

    /** Checks that what a read holds (connections, files) has been freed. */
    protected abstract void assertNothingHeld();

    @Test
    void shouldReadEveryRowOnceAndComplete() throws Exception {
        Content content = large();

        try (Source source = source(content)) {
            assertThat(rows(batches(source))).containsExactlyElementsOf(rows(content));
        }
        assertNothingHeld();
    }

    @Test
    void shouldResumeAfterEveryPositionWithoutLossOrRepetition() throws Exception {
        Content content = large();
        try (Source source = source(content)) {
            Discovery found = source.discover();
            Split split = found.splits().get(0);
            List<RecordBatch> all = read(source, found, split, Optional.empty());
            assertThat(all).as("batches of the first split").hasSizeGreaterThan(2);

            for (int i = 0; i < all.size(); i++) {
                Position position = throughJson(all.get(i).position());
                List<RecordBatch> rest = read(source, found, split, Optional.of(position));
                assertThat(encoded(rest)).as("after batch %d", i).isEqualTo(encoded(all.subList(i + 1, all.size())));
            }
        }
    }

    @Test
    void shouldKeepEveryTypeExactly() throws Exception {
        Content content = everyType();

        try (Source source = source(content)) {
            List<RecordBatch> batches = batches(source);
            assertThat(batches).flatExtracting(RecordBatch::rejected).isEmpty();
            assertThat(rows(batches)).containsExactlyElementsOf(rows(content));
        }
    }

    @Test
    void shouldGiveNoMoreThanIsAskedFor() throws Exception {
        try (Source source = source(large())) {
            Discovery found = source.discover();
            List<RecordBatch> given = new ArrayList<>();
            BaseSubscriber<RecordBatch> subscriber = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.request(1);
                }

                @Override
                protected void hookOnNext(RecordBatch batch) {
                    given.add(batch);
                }
            };
            source.read(found.splits().get(0), Optional.empty(), found.schema()).subscribe(subscriber);

            assertThat(given).hasSize(1);
            subscriber.request(1);
            assertThat(given).hasSize(2);
            subscriber.cancel();
            assertThat(given).hasSize(2);
        }
        assertNothingHeld();
    }

    @Test
    void shouldFreeWhatItHoldsWhenCancelled() throws Exception {
        try (Source source = source(large())) {
            Discovery found = source.discover();
            RecordBatch first = source.read(found.splits().get(0), Optional.empty(), found.schema())
                    .blockFirst(PATIENCE);
            assertThat(first).isNotNull();
            assertNothingHeld();
        }
    }

    @Test
    void shouldGiveBatchesOfModestSize() throws Exception {
        try (Source source = source(large())) {
            assertThat(batches(source))
                    .allSatisfy(batch -> assertThat(batch.rows().byteSize()).isLessThan(LARGEST_BATCH));
        }
    }

    @Test
    void shouldFindTheSameSplitsEveryTime() throws Exception {
        Content content = large();
        try (Source first = source(content);
                Source second = source(content)) {
            List<String> splits =
                    first.discover().splits().stream().map(Split::id).toList();

            assertThat(second.discover().splits()).extracting(Split::id).isEqualTo(splits);
            assertThat(splits).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9._-]+"));
        }
    }

    @Test
    void shouldRefuseWrongOptionsAndSayWhatIsWrong() throws Exception {
        Map<String, Map<String, Object>> wrong = wrong();
        assertThat(wrong).isNotEmpty();

        wrong.forEach((word, options) -> assertThat(refusal(options))
                .as("%s", options)
                .isPresent()
                .get()
                .asString()
                .contains(word));
    }

    @Test
    void shouldRefuseAPositionThatIsNotItsOwn() throws Exception {
        try (Source source = source(large())) {
            Discovery found = source.discover();
            Position foreign = Position.of("not_mine", "x");

            assertThat(source.read(found.splits().get(0), Optional.of(foreign), found.schema())
                            .then()
                            .onErrorResume(ConnectorException.class, e -> reactor.core.publisher.Mono.empty())
                            .materialize()
                            .block(PATIENCE))
                    .isNotNull()
                    .matches(signal -> signal.isOnComplete(), "fails with a ConnectorException");
        }
    }

    /** A configured source for the content. */
    protected final Source source(Content content) throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        Optional<Options> options = parse(content.options(), problems);
        assertThat(problems).isEmpty();
        return connector().source(options.orElseThrow());
    }

    private Optional<Options> parse(Map<String, Object> options, List<Problem> problems) {
        return new OptionParser(Objects.requireNonNull(connector().descriptor().source())
                        .options())
                .parse(options, problems);
    }

    private Optional<String> refusal(Map<String, Object> written) {
        List<Problem> problems = new ArrayList<>();
        Optional<Options> options = parse(written, problems);
        if (options.isEmpty()) {
            return Optional.of(problems.toString());
        }
        try (Source source = connector().source(options.get())) {
            source.discover();
            return Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of(e.error().toString());
        }
    }

    private static List<RecordBatch> batches(Source source) throws ConnectorException {
        Discovery found = source.discover();
        List<RecordBatch> batches = new ArrayList<>();
        for (Split split : found.splits()) {
            batches.addAll(read(source, found, split, Optional.empty()));
        }
        return batches;
    }

    private static List<RecordBatch> read(Source source, Discovery found, Split split, Optional<Position> from) {
        return Objects.requireNonNull(
                source.read(split, from, found.schema()).collectList().block(PATIENCE));
    }

    private static Position throughJson(Position position) {
        return Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(position), Position.class);
    }

    private static List<ByteBuffer> encoded(List<RecordBatch> batches) {
        return batches.stream()
                .flatMap(batch -> IntStream.range(0, batch.size())
                        .mapToObj(row -> ByteBuffer.wrap(Arrays.copyOfRange(
                                batch.rows().array(),
                                batch.rows().start(row),
                                batch.rows().end(row)))))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> rows(List<RecordBatch> batches) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RecordBatch batch : batches) {
            RowCursor cursor = new RowCursor(batch.schema());
            for (int row = 0; row < batch.size(); row++) {
                rows.add(comparable(cursor.wrap(batch.rows(), row).toMap()));
            }
        }
        return rows;
    }

    private static List<Map<String, @Nullable Object>> rows(Content content) {
        return content.rows().stream().map(SourceContract::comparable).toList();
    }

    /** Arrays have no equality of their own. */
    private static Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        row.forEach((name, value) -> copy.put(name, value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value));
        return copy;
    }
}
