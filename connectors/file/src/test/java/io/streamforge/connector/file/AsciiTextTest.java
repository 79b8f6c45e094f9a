package io.streamforge.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parsers of ASCII text give what the JDK gives. */
class AsciiTextTest {

    private static final long SEED = Long.getLong("streamforge.test.seed", System.nanoTime());
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(SEED);

    @Test
    void shouldReadWholeNumbersAsTheJdkDoes() {
        for (int i = 0; i < ROUNDS; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(read("INT64", Long.toString(value))).as("seed %d", SEED).isEqualTo(value);
            if (value == (int) value) {
                assertThat(read("INT32", Long.toString(value)))
                        .as("seed %d", SEED)
                        .isEqualTo((int) value);
            }
        }
    }

    @Test
    void shouldReadDecimalsExactly() {
        for (int i = 0; i < ROUNDS; i++) {
            int scale = random.nextInt(12);
            BigDecimal value = BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(scale + 1));
            assertThat(read("DECIMAL(31," + scale + ")", value.toPlainString()))
                    .as("seed %d: %s", SEED, value)
                    .isEqualTo(value.setScale(scale));
        }
    }

    @Test
    void shouldReadTheNearestDouble() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(18))
                    .toPlainString();
            String plain = text.contains(".") ? text : text + ".5";
            assertThat(read("FLOAT64", plain)).as("seed %d: %s", SEED, plain).isEqualTo(Double.parseDouble(plain));
        }
    }

    @Test
    void shouldReadDatesAndTimestampsAsTheJdkDoes() {
        for (int i = 0; i < ROUNDS; i++) {
            LocalDate date = LocalDate.ofEpochDay(random.nextInt(4_000_000) - 1_000_000);
            LocalDateTime time = date.atTime(
                    random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000) * 1000);
            OffsetDateTime zoned = time.atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60) - 18 * 60) * 60));

            assertThat(read("DATE", date.toString())).as("seed %d", SEED).isEqualTo(date);
            assertThat(read("TIMESTAMP", time.toString())).as("seed %d", SEED).isEqualTo(time);
            assertThat(read("TIMESTAMP_TZ", zoned.toString()))
                    .as("seed %d: %s", SEED, zoned)
                    .isEqualTo(zoned.toInstant());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INT64, 9223372036854775808",
        "INT64, 1.5",
        "INT64, -",
        "INT64, 1 2",
        "INT64, 0x10",
        "INT64, ١",
        "INT32, 2147483648",
        "FLOAT64, 1d",
        "FLOAT64, 0x1p3",
        "FLOAT64, 1e999",
        "FLOAT64, .",
        "FLOAT64, 1.",
        "DECIMAL(4;2), 100.00",
        "DECIMAL(4;2), 1.234",
        "DECIMAL(4;2), 1.2.3",
        "BOOLEAN, maybe",
        "BOOLEAN, 2",
        "DATE, 2023-02-29",
        "DATE, 2024-13-01",
        "DATE, 2024-1-1",
        "DATE, 01/02/2024",
        "TIMESTAMP, 2024-01-01T24:00:00",
        "TIMESTAMP, 2024-01-01T00:00:60",
        "TIMESTAMP, 2024-01-01T00:00:00Z",
        "TIMESTAMP, 2024-01-01T00:00:00.1234567",
        "TIMESTAMP_TZ, 2024-01-01T00:00:00",
        "TIMESTAMP_TZ, 2024-01-01T00:00:00+19:00",
        "TIMESTAMP(9), 2500-01-01T00:00:00",
        "UUID, 123e4567-e89b-12d3-a456-42661417400",
        "UUID, 1-1-1-1-1",
        "TIME, 25:00",
        "BYTES, a?b",
        "INTERVAL, 5 days",
        "JSON, {",
        "JSON, 1 2",
        "ARRAY(INT64), {}",
        "MAP(INT64), '{\"a\":\"b\"}'",
    })
    void shouldRefuseWhatIsNoValueOfTheType(String type, String text) {
        String parsedType = type.replace(';', ',');

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(parsedType, text)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'c'");
    }

    @ParameterizedTest
    @CsvSource({"YES, true", "no, false", "T, true", "0, false", "FALSE, false"})
    void shouldReadBooleansAsFilesHaveThem(String text, boolean value) {
        assertThat(read("BOOLEAN", text)).isEqualTo(value);
    }

    private static @Nullable Object read(String type, String text) {
        Column column = Column.nullable("c", DataType.parse(type));
        RowSchema schema = new RowSchema("rows", List.of(column), List.of());
        RowWriter writer = new RowWriter(schema);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new CellReader(column).read(bytes, 0, bytes.length, bytes.length == text.length(), writer);
        writer.endRow();
        return new RowCursor(schema).wrap(writer.buffer(), 0).value(0);
    }
}
