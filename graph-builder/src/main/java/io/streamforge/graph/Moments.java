package io.streamforge.graph;

import io.streamforge.record.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Values of dates and timestamps as moments in microseconds; those without a zone are in UTC. */
final class Moments {

    private Moments() {}

    static boolean typed(DataType type) {
        return switch (type.kind()) {
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> true;
            default -> false;
        };
    }

    /** @throws ArithmeticException when it is outside the range of microseconds */
    static @Nullable Instant of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Instant moment = value instanceof LocalDate date
                ? date.atStartOfDay().toInstant(ZoneOffset.UTC)
                : value instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC) : (Instant) value;
        return ofMicros(micros(moment));
    }

    static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    static Instant ofMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
