package io.streamforge.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {

    /** The vectors of Kafka's own test of {@code Utils.murmur2}. */
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
        "abc, 479470107"
    })
    void shouldHashAsKafkaDoes(String key, int hash) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

        assertThat(KeyHash.murmur2(bytes, 0, bytes.length)).isEqualTo(hash);
    }

    @Test
    void shouldHashABodyWhereverItLies() {
        byte[] framed = Framing.frame(7, "foobar".getBytes(StandardCharsets.UTF_8), 0, 6);

        assertThat(KeyHash.murmur2(framed, Framing.SIZE, framed.length)).isEqualTo(-790332482);
        assertThat(KeyHash.partition(framed, Framing.SIZE, framed.length, 12))
                .isEqualTo((-790332482 & 0x7fffffff) % 12);
    }
}
