package io.streamforge.connector.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Moments as databases print them: with a blank or a T, with an offset or, being in UTC, without one. */
final class StoredMoment {

    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendLiteral('T')
            .optionalEnd()
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .toFormatter();

    private StoredMoment() {}

    /** ISO-8601 in UTC; what is no moment stays as it is. */
    static @Nullable String iso(@Nullable String stored) {
        if (stored == null) {
            return null;
        }
        try {
            TemporalAccessor moment = FORM.parseBest(stored, OffsetDateTime::from, LocalDateTime::from);
            Instant instant = moment instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : ((LocalDateTime) moment).toInstant(ZoneOffset.UTC);
            return instant.toString();
        } catch (DateTimeException e) {
            return stored;
        }
    }
}
