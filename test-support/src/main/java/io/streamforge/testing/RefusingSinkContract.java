package io.streamforge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Sink;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sink whose target can refuse single rows: they are reported by index, and the good rows around them are written. */
public interface RefusingSinkContract extends SinkContract {

    BigDecimal REFUSED = new BigDecimal("-1.00");

    /** A target that holds no row whose {@code amount} is negative. */
    Target newTargetRefusingNegativeAmounts();

    @Test
    default void shouldWriteTheGoodRowsAroundTheBad() throws ConnectorException {
        shouldRefuse(1000, List.of(0, 1, 499, 998, 999));
    }

    @Test
    default void shouldFindBadRowsWhereverTheyAre() throws ConnectorException {
        Random random = new Random(42);
        for (int size : List.of(1, 2, 3, 17, 100)) {
            shouldRefuse(
                    size,
                    IntStream.range(0, size)
                            .filter(i -> random.nextInt(3) == 0)
                            .boxed()
                            .toList());
        }
    }

    @Test
    default void shouldRefuseABatchOfBadRowsAlone() throws ConnectorException {
        shouldRefuse(50, IntStream.range(0, 50).boxed().toList());
    }

    private void shouldRefuse(int size, List<Integer> bad) throws ConnectorException {
        // given
        Target target = newTargetRefusingNegativeAmounts();
        Records records = Records.of(ORDERS, 0, 0);
        List<Map<String, @Nullable Object>> good = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            @Nullable Object[] values = order(i);
            if (bad.contains(i)) {
                values[2] = REFUSED;
            } else {
                good.add(row(ORDERS, values));
            }
            records.put(values);
        }

        // when
        WriteResult result;
        try (Sink sink = sink(target.options())) {
            result = writeAll(sink, ORDERS, records.batch());
        }

        // then
        assertThat(result.rejected()).extracting(Rejection::row).containsExactlyElementsOf(bad);
        assertThat(result.rejected()).allSatisfy(rejection -> {
            assertThat(rejection.code()).matches("[A-Z0-9]+(-[A-Z0-9]+)*");
            assertThat(rejection.message()).isNotBlank().doesNotContain("\n");
        });
        assertThat(target.rows(ORDERS)).containsExactlyInAnyOrderElementsOf(good);
    }
}
