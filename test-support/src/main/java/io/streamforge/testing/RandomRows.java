package io.streamforge.testing;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of every type that the systems StreamForge writes to can hold: years 1 to 9999, no U+0000 in text, finite numbers. */
public final class RandomRows {

    private static final LocalDateTime FIRST_MOMENT = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final long SECONDS = ChronoUnit.SECONDS.between(FIRST_MOMENT, LocalDateTime.of(9999, 12, 31, 0, 0));
    private static final LocalDateTime FIRST_NANO_MOMENT = LocalDateTime.of(1700, 1, 1, 0, 0);
    private static final long NANO_SECONDS = 17_000_000_000L;
    private static final String[] TEXTS = {
        "",
        " ",
        "a",
        "Zürich",
        "東京",
        "🙂",
        "\"quoted\", and\nbroken",
        "\\N",
        "NULL",
        "{}",
        "trailing  ",
        "x".repeat(3000)
    };

    private final Random random;

    public RandomRows(long seed) {
        random = new Random(seed);
    }

    public List<@Nullable Object> row(RowSchema schema) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : schema.columns()) {
            values.add(column.nullable() && random.nextInt(5) == 0 ? null : value(column.type()));
        }
        return values;
    }

    public Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> random.nextInt() >> random.nextInt(32);
            case INT64 -> random.nextLong() >> random.nextInt(64);
            case UINT64 -> new BigInteger(random.nextInt(65), random);
            case FLOAT32 -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
            case FLOAT64 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case DECIMAL -> decimal(type);
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case INTERVAL -> "P%dY%dM%dDT%dH%dM%d.%06dS".formatted(ints(1200, 12, 400, 24, 60, 60, 1_000_000));
            case JSON ->
                "{\"n\":%d,\"list\":[true,null,%d.5],\"text\":\"Zürich\"}"
                        .formatted(random.nextInt(), random.nextInt(99));
            case BYTES -> bytes();
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case DATE -> LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_000));
            case TIME -> LocalTime.ofNanoOfDay(cut(random.nextLong(86_400_000_000_000L), type));
            case TIMESTAMP -> moment(type);
            case TIMESTAMP_TZ -> Instant.EPOCH.plus(sinceEpoch(moment(type)));
            case ARRAY -> array(Objects.requireNonNull(type.element()));
            case MAP -> map(Objects.requireNonNull(type.element()));
        };
    }

    private Object[] ints(int... bounds) {
        Object[] values = new Object[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            values[i] = random.nextInt(bounds[i]);
        }
        return values;
    }

    private static Duration sinceEpoch(LocalDateTime moment) {
        return Duration.between(LocalDate.EPOCH.atStartOfDay(), moment);
    }

    private LocalDateTime moment(DataType type) {
        long fraction = cut(random.nextInt(1_000_000_000), type);
        return type.nanos()
                ? FIRST_NANO_MOMENT.plusSeconds(random.nextLong(NANO_SECONDS)).plusNanos(fraction)
                : FIRST_MOMENT.plusSeconds(random.nextLong(SECONDS)).plusNanos(fraction);
    }

    private static long cut(long nanos, DataType type) {
        long unit = 1;
        for (int i = type.precision(); i < 9; i++) {
            unit *= 10;
        }
        return nanos - nanos % unit;
    }

    private BigDecimal decimal(DataType type) {
        BigInteger limit = BigInteger.TEN.pow(1 + random.nextInt(type.precision()));
        BigInteger unscaled =
                random.nextInt(4) == 0 ? limit.subtract(BigInteger.ONE) : new BigInteger(limit.bitLength() - 1, random);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 4 : 300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<@Nullable Object> array(DataType element) {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(random.nextInt(4) == 0 ? null : value(element));
        }
        return items;
    }

    private Map<String, @Nullable Object> map(DataType element) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put("k" + i, random.nextInt(4) == 0 ? null : value(element));
        }
        return entries;
    }
}
