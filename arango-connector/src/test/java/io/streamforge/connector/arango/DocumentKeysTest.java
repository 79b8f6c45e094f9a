package io.streamforge.connector.arango;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentKeysTest {

    private static final String ALLOWED = "[A-Za-z0-9_\\-.@()+,=;$!*'%:]{1,254}";
    private static final RowSchema SCHEMA = new RowSchema(
            "pairs",
            List.of(Column.nullable("a", DataType.STRING), Column.nullable("b", DataType.STRING)),
            List.of("a", "b"));

    @Test
    void shouldKeepPlainTextAndEscapeTheRest() {
        assertThat(key("BTCUSDT", "5m")).isEqualTo("BTCUSDT,5m");
        assertThat(key("a,b%c/d e", "ü")).isEqualTo("a%2Cb%25c%2Fd%20e,%C3%BC");
        assertThat(key("", null)).isEqualTo("%-,%_");
    }

    @Test
    void shouldReplaceLongKeysByTheirHash() {
        String longKey = key("x".repeat(300), "y");

        assertThat(longKey).hasSize(66).startsWith("%h").isNotEqualTo(key("x".repeat(301), "y"));
        assertThat(key("x".repeat(252), "y")).hasSize(254).startsWith("xxx");
        assertThat(key("x".repeat(253), "y")).startsWith("%h");
    }

    @Test
    void shouldGiveDifferentKeysToDifferentValuesAndOnlyAllowedCharacters() {
        Random random = new Random(7);
        Map<String, List<String>> seen = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            List<String> values = Arrays.asList(text(random), text(random));
            String key = key(values.get(0), values.get(1));
            assertThat(key).matches(ALLOWED);
            assertThat(seen.getOrDefault(key, values)).isEqualTo(values);
            seen.put(key, values);
        }
    }

    private static @Nullable String text(Random random) {
        String alphabet = "ab%,-_h/ü2C";
        int length = random.nextInt(5) - 1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return length < 0 ? null : text.toString();
    }

    private static String key(@Nullable String a, @Nullable String b) {
        byte[] row = RowWriter.encode(SCHEMA, Arrays.asList(a, b));
        return new DocumentKeys(SCHEMA, SCHEMA.key()).of(new RowCursor(SCHEMA).wrap(row, 0, row.length));
    }
}
