package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonBinary;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonFormatter;
import java.io.IOException;

/**
 * One of MySQL's binary documents. Moments in it are read here: the library loses the sign of times, and the bits of dates that
 * lie beyond an int.
 */
final class JsonDocument extends JsonBinary {

    private static final int MONTHS = 13;
    private static final int FRACTION_BITS = 24;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;

    private JsonDocument(byte[] bytes) {
        super(bytes);
    }

    /** The document as the server shows it to a query; no bytes at all are {@code null}. */
    static String text(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return "null";
        }
        JsonText text = new JsonText();
        new JsonDocument(bytes).parse(text);
        return text.toString();
    }

    @Override
    protected void parseDate(JsonFormatter formatter) throws IOException {
        long whole = readInt64() >> FRACTION_BITS;
        formatter.valueDate(month(whole) / MONTHS, month(whole) % MONTHS, (int) (whole >> 17 & 31));
    }

    @Override
    protected void parseDatetime(JsonFormatter formatter) throws IOException {
        long packed = readInt64();
        long whole = packed >> FRACTION_BITS;
        formatter.valueDatetime(
                month(whole) / MONTHS,
                month(whole) % MONTHS,
                (int) (whole >> 17 & 31),
                (int) (whole >> 12 & 31),
                (int) (whole >> 6 & 63),
                (int) (whole & 63),
                (int) (packed & FRACTION));
    }

    /** A negative time is its size with the sign in front of the whole. */
    @Override
    protected void parseTime(JsonFormatter formatter) throws IOException {
        long packed = readInt64();
        long size = Math.abs(packed);
        long whole = size >> FRACTION_BITS;
        ((JsonText) formatter)
                .time(packed < 0, (int) (whole >> 12 & 0x3FF), (int) (whole >> 6 & 63), (int) (whole & 63), (int)
                        (size & FRACTION));
    }

    /** Thirteen for each year, and the month. */
    private static int month(long whole) {
        return (int) (whole >> 22);
    }
}
