package io.streamforge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void shouldReadAndWriteWhatTheStandardWrites() {
        TraceContext context = TraceContext.parse(TEXT).orElseThrow();

        assertThat(context).isEqualTo(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true));
        assertThat(context.traceparent()).isEqualTo(TEXT);
        assertThat(TraceContext.parse(TEXT.replace("-01", "-00")).orElseThrow().sampled())
                .isFalse();
        assertThat(TraceContext.parse("01" + TEXT.substring(2) + "-more").orElseThrow())
                .isEqualTo(context);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "'; DROP TABLE runs"
            })
    void shouldTakeNothingElse(String text) {
        assertThat(TraceContext.parse(text)).isEmpty();
        assertThat(TraceContext.parse(null)).isEmpty();
    }

    @Test
    void shouldMakeSpansOfOneTrace() {
        TraceContext root = TraceContext.root(true);
        TraceContext child = root.child();

        assertThat(TraceContext.parse(root.traceparent())).contains(root);
        assertThat(child.traceId()).isEqualTo(root.traceId());
        assertThat(child.spanId()).isNotEqualTo(root.spanId());
        assertThat(child.sampled()).isTrue();
    }
}
