package io.streamforge.connector.jdbc.source;

import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** Keys as text that a database reads back as the same value: numbers, ISO dates, hexadecimal bytes. */
public final class KeyText {

    private static final Set<Kind> KINDS = EnumSet.of(
            Kind.INT32,
            Kind.INT64,
            Kind.UINT64,
            Kind.DECIMAL,
            Kind.STRING,
            Kind.UUID,
            Kind.BYTES,
            Kind.DATE,
            Kind.TIMESTAMP,
            Kind.TIMESTAMP_TZ);

    private KeyText() {}

    /** Whether all values of the column have a text; a numeric without precision may have more digits than are kept. */
    static boolean possible(ReadColumn column) {
        DataType type = column.logical();
        return type != null && KINDS.contains(type.kind()) && !column.type().equals("numeric");
    }

    /** @param value in the Java form of its type, as {@link io.streamforge.record.RowCursor#value} gives it */
    public static String of(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        }
        return value.toString();
    }
}
