package io.streamforge.record;

import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schemas and values of every type, with a liking for extremes. */
final class RandomRows {

    private static final long[] EXTREME_LONGS = {
        0, 1, -1, 63, 64, -64, -65, 8191, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] EXTREME_DOUBLES = {
        0.0, -0.0, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
    };
    private static final String[] TEXTS = {
        "",
        " ",
        "a",
        "Zürich",
        "東京",
        "🙂",
        "\u0000",
        "\"quoted\", and\nbroken",
        "x".repeat(63),
        "y".repeat(64),
        "z".repeat(9000)
    };

    private final Random random;

    RandomRows(long seed) {
        random = new Random(seed);
    }

    RowSchema schema() {
        List<Column> columns = new ArrayList<>();
        int size = 1 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            columns.add(new Column("c" + i, type(2), random.nextBoolean()));
        }
        return new RowSchema("rows", columns, List.of());
    }

    DataType type(int depth) {
        Kind[] kinds = Kind.values();
        Kind kind = kinds[random.nextInt(depth > 0 ? kinds.length : kinds.length - 2)];
        return switch (kind) {
            case DECIMAL -> {
                int precision = 1 + random.nextInt(random.nextBoolean() ? 18 : 60);
                yield DataType.decimal(precision, random.nextInt(precision + 1));
            }
            case TIME -> DataType.time(random.nextInt(7));
            case TIMESTAMP -> DataType.timestamp(random.nextInt(10));
            case TIMESTAMP_TZ -> DataType.timestampTz(random.nextInt(10));
            case ARRAY -> DataType.array(type(depth - 1));
            case MAP -> DataType.map(type(depth - 1));
            default -> DataType.of(kind);
        };
    }

    List<@Nullable Object> row(RowSchema schema) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : schema.columns()) {
            values.add(column.nullable() && random.nextInt(4) == 0 ? null : value(column.type()));
        }
        return values;
    }

    Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> (int) integer();
            case INT64 -> integer();
            case UINT64 -> new BigInteger(random.nextBoolean() ? 64 : 7, random);
            case FLOAT32 -> (float) real();
            case FLOAT64 -> real();
            case DECIMAL -> decimal(type);
            case STRING, INTERVAL, JSON -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> bytes();
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case DATE -> LocalDate.ofEpochDay((int) integer());
            case TIME -> LocalTime.ofNanoOfDay(fraction(random.nextLong(86_400_000_000_000L), type));
            case TIMESTAMP -> Values.localDateTime(units(type), type.nanos());
            case TIMESTAMP_TZ -> Values.instant(units(type), type.nanos());
            case ARRAY -> array(Objects.requireNonNull(type.element()));
            case MAP -> map(Objects.requireNonNull(type.element()));
        };
    }

    private long integer() {
        return switch (random.nextInt(3)) {
            case 0 -> EXTREME_LONGS[random.nextInt(EXTREME_LONGS.length)];
            case 1 -> random.nextInt(1000) - 500;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private double real() {
        return random.nextBoolean()
                ? EXTREME_DOUBLES[random.nextInt(EXTREME_DOUBLES.length)]
                : random.nextGaussian() * 1e9;
    }

    private BigDecimal decimal(DataType type) {
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        BigInteger unscaled =
                switch (random.nextInt(3)) {
                    case 0 -> limit.subtract(BigInteger.ONE);
                    case 1 -> BigInteger.valueOf(random.nextInt(10));
                    default -> new BigInteger(limit.bitLength() - 1, random);
                };
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 4 : 300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private long units(DataType type) {
        long perDigit = 1;
        for (int digits = type.precision(); digits < (type.nanos() ? 9 : 6); digits++) {
            perDigit *= 10;
        }
        long units = integer();
        return units - units % perDigit;
    }

    private long fraction(long nanos, DataType type) {
        long unit = 1;
        for (int i = type.precision(); i < 9; i++) {
            unit *= 10;
        }
        return nanos - nanos % unit;
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
            entries.put("k" + i + TEXTS[random.nextInt(5)], random.nextInt(4) == 0 ? null : value(element));
        }
        return entries;
    }
}
