package io.streamforge.connector.arango;

import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a document's key from a row's key columns. Different keys give different texts: letters, digits and {@code _ - . @} stay,
 * every other byte of the UTF-8 text is {@code %XX}, {@code %-} is an empty text, {@code %_} is null, a comma separates columns.
 * What is longer than ArangoDB allows is {@code %h} and its SHA-256.
 */
final class DocumentKeys {

    private static final int MAX_BYTES = 254;
    private static final String PLAIN = "_-.@";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final int[] columns;
    private final StringBuilder text = new StringBuilder();

    /** @param schema of the rows or of the keys; has all the columns */
    DocumentKeys(RowSchema schema, List<String> key) {
        columns = key.stream().mapToInt(schema::indexOf).toArray();
    }

    String of(RowCursor row) {
        text.setLength(0);
        for (int i = 0; i < columns.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            append(row.value(columns[i]));
        }
        return limited(text.toString());
    }

    /** The key of a row whose only key column is a text. */
    static String ofText(String value) {
        StringBuilder key = new StringBuilder();
        escape(value, key);
        return limited(key.toString());
    }

    /** The key of a record without one: where it lies. */
    static String ofRecord(String topic, int partition, long offset) {
        StringBuilder place = new StringBuilder();
        escape(topic, place);
        return limited(
                place.append(',').append(partition).append(',').append(offset).toString());
    }

    private void append(@Nullable Object value) {
        if (value == null) {
            text.append("%_");
        } else if (value instanceof byte[] bytes) {
            escape(Base64.getEncoder().encodeToString(bytes), text);
        } else if (value instanceof BigDecimal decimal) {
            escape(decimal.toPlainString(), text);
        } else {
            escape(value.toString(), text);
        }
    }

    private static void escape(String part, StringBuilder to) {
        if (part.isEmpty()) {
            to.append("%-");
        }
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                to.append(c);
            } else {
                to.append('%');
                HEX.toHexDigits(to, b);
            }
        }
    }

    private static String limited(String key) {
        return key.length() <= MAX_BYTES ? key : "%h" + sha256(key);
    }

    private static String sha256(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
