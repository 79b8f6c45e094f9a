package io.streamforge.connector.jdbc;

import io.streamforge.record.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;

/** Values as a test's table writes them. */
final class TextValues {

    private TextValues() {}

    static Object parse(DataType type, String text) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case UINT64 -> new BigInteger(text);
            case FLOAT32 -> Float.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case UUID -> UUID.fromString(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case TIMESTAMP_TZ -> Instant.parse(text);
            case STRING, INTERVAL, JSON -> text;
            case BYTES, ARRAY, MAP -> throw new IllegalArgumentException(type + " has no text here");
        };
    }
}
