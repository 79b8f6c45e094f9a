package io.streamforge.telemetry;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/**
 * Log lines for people by a pattern, or for programs as a JSON object each; either way without secrets ({@link Masks}). Used by log
 * configurations.
 */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

    /** Format of lines for programs; every other word means lines for people. */
    public static final String JSON = "json";

    private static final String TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %msg %kvp %mdc%n%ex";

    private String format = "text";
    private String pattern = TEXT;
    private Encoder<ILoggingEvent> lines = new PatternLayoutEncoder();

    /** {@value #JSON} or anything else; set before it is started. */
    public void setFormat(String word) {
        format = word;
    }

    /** Logback's pattern of lines for people; set before it is started. */
    public void setPattern(String text) {
        pattern = text;
    }

    @Override
    public void start() {
        lines = JSON.equalsIgnoreCase(format.strip()) ? new JsonLines() : text();
        lines.setContext(getContext());
        lines.start();
        super.start();
    }

    private PatternLayoutEncoder text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }

    @Override
    public void stop() {
        super.stop();
        lines.stop();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(lines.encode(event), StandardCharsets.UTF_8);
        return Masks.mask(line).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
