package io.streamforge.loader.ws.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.loader.api.exchange.PageRows;
import io.streamforge.loader.ws.exchange.LiveStream.Told;
import io.streamforge.loader.ws.exchange.Track.Verdict;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TrackTest {

    private final Track track = new Track(new Numbers(true), "BTCUSDT");

    @Test
    void shouldBeginWithTheFirstThatComes() {
        assertThat(track.known()).isFalse();
        assertThat(track.see(row(7))).isEqualTo(Verdict.TAKE);
        assertThat(track.next()).isEqualTo(8);
    }

    @Test
    void shouldPassOverWhatIsKnownAndSeeWhatIsMissing() {
        track.next(5);

        assertThat(track.see(row(4))).isEqualTo(Verdict.PASS);
        assertThat(track.see(row(7))).isEqualTo(Verdict.GAP);
        assertThat(track.next()).as("a gap moves nothing").isEqualTo(5);
        track.next(7);
        assertThat(track.see(row(7))).isEqualTo(Verdict.TAKE);
    }

    @Test
    void shouldSeeAGapInARunningCandleButNotTakeIt() {
        track.next(60);

        assertThat(track.see(new Told(60, 120, false))).isEqualTo(Verdict.PASS);
        assertThat(track.next()).isEqualTo(60);
        assertThat(track.see(new Told(120, 180, false))).isEqualTo(Verdict.GAP);
    }

    @Test
    void shouldTakeAChangeThatReachesOverTheNumberThatMustComeNext() {
        track.next(5);

        assertThat(track.see(new Told(3, 9, true))).isEqualTo(Verdict.TAKE);
        assertThat(track.next()).isEqualTo(9);
    }

    @Test
    void shouldLeaveOutAndCountWhatWasDroppedOnPurposeOnce() {
        track.next(5);
        track.dropped();

        assertThat(track.see(row(9))).isEqualTo(Verdict.TAKE);
        assertThat(track.missed()).isEqualTo(4);
        assertThat(track.see(row(12))).isEqualTo(Verdict.GAP);
    }

    @Test
    void shouldMissNothingWhereNumbersAreNotContiguous() {
        Track tickers = new Track(new Numbers(false), "BTCUSDT");
        tickers.next(5);

        assertThat(tickers.see(row(9))).isEqualTo(Verdict.TAKE);
        assertThat(tickers.missed()).isZero();
    }

    /** Whatever is dropped, repeated and swapped on the way, a reader that fills gaps has every number once and in order. */
    @RepeatedTest(200)
    void shouldGiveEveryNumberOnceInOrderWhateverHappensOnTheWay(RepetitionInfo repetition) {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        List<Long> sent = spoiled(random);

        // when
        List<Long> given = new ArrayList<>();
        for (long number : sent) {
            Verdict verdict = track.see(row(number));
            if (verdict == Verdict.GAP) {
                LongStream.range(track.next(), number).forEach(given::add);
                track.next(number);
                verdict = track.see(row(number));
            }
            if (verdict == Verdict.TAKE) {
                given.add(number);
            }
        }

        // then
        long first = sent.get(0);
        long last = Collections.max(sent);
        assertThat(given)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, last).boxed().toList());
    }

    private static List<Long> spoiled(Random random) {
        List<Long> sent = new ArrayList<>();
        for (long number = 100; number < 200; number++) {
            int fate = random.nextInt(10);
            if (fate > 1) {
                sent.add(number);
            }
            if (fate == 2) {
                sent.add(number);
            }
            if (fate == 3 && sent.size() > 1) {
                Collections.swap(sent, sent.size() - 1, sent.size() - 2);
            }
        }
        return sent;
    }

    private static Told row(long number) {
        return new Told(number, number + 1, true);
    }

    private record Numbers(boolean contiguous) implements LiveStream {

        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public String channel(String symbol) {
            return symbol;
        }

        @Override
        public RowSchema schema() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Told told(JsonNode data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(PageRows rows, String symbol, JsonNode data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long fill(PageRows rows, String symbol, long from, long to) {
            throw new UnsupportedOperationException();
        }
    }
}
