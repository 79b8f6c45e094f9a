package io.streamforge.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as MySQL 8.0 gives them to a query; {@code BinlogTypesIT} compares with the server itself. */
class JsonDocumentTest {

    private static final int OPAQUE = 0x0F;
    private static final int DATE = 10;
    private static final int TIME = 11;
    private static final int DATETIME = 12;

    @Test
    void shouldReadMomentsToTheirLastBit() throws IOException {
        long last = moment(9999, 12, 31, 23, 59, 59);

        assertThat(JsonDocument.text(opaque(DATETIME, last << 24 | 999_999)))
                .isEqualTo("\"9999-12-31 23:59:59.999999\"");
        assertThat(JsonDocument.text(opaque(DATE, moment(2024, 2, 29, 0, 0, 0) << 24)))
                .isEqualTo("\"2024-02-29\"");
    }

    @Test
    void shouldKeepTheSignOfTimes() throws IOException {
        long time = (30L << 6 | 15) << 24 | 50_000;

        assertThat(JsonDocument.text(opaque(TIME, time))).isEqualTo("\"00:30:15.050000\"");
        assertThat(JsonDocument.text(opaque(TIME, -time))).isEqualTo("\"-00:30:15.050000\"");
    }

    @Test
    void shouldTakeNoBytesForNull() throws IOException {
        assertThat(JsonDocument.text(new byte[0])).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-2.5, -2.5",
        "1e-7, 0.0000001",
        "1e14, 100000000000000.0",
        "1e15, 1e15",
        "-1.5e-20, -1.5e-20",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "4.9e-324, 5e-324",
    })
    void shouldWriteANumberWithTheFewestDigitsThatMeanIt(double value, String expected) {
        JsonText text = new JsonText();

        text.value(value);

        assertThat(text).hasToString(expected);
    }

    @Test
    void shouldLayOutAndEscapeAsTheServerDoes() {
        JsonText text = new JsonText();

        text.beginObject(2);
        text.name("a\"b");
        text.value("\\/\b\f\n\r\t\u0001ä😀");
        text.nextEntry();
        text.name("raw");
        text.valueOpaque(ColumnType.BLOB, new byte[60]);
        text.endObject();

        assertThat(text)
                .hasToString("{\"a\\\"b\": \"\\\\/\\b\\f\\n\\r\\t\\u0001ä😀\", \"raw\": \"base64:type252:"
                        + "A".repeat(76) + "\\nAAAA\"}");
    }

    private static long moment(int year, int month, int day, int hour, int minute, int second) {
        return (year * 13L + month) << 22 | (long) day << 17 | hour << 12 | minute << 6 | second;
    }

    private static byte[] opaque(int type, long packed) {
        return ByteBuffer.allocate(11)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) OPAQUE)
                .put((byte) type)
                .put((byte) Long.BYTES)
                .putLong(packed)
                .array();
    }
}
