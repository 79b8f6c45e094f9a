package io.streamforge.standalone;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.streamforge.telemetry.LogEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what workers of this JVM log to a file per worker, {@code <queue_id>/<telemetry_id>.log}, where the API finds it. */
public final class RunLogAppender extends AppenderBase<ILoggingEvent> {

    private @Nullable Path directory;
    private @Nullable LogEncoder encoder;

    /** Set by the log configuration. */
    public void setDirectory(String path) {
        directory = path.isBlank() ? null : Path.of(path);
    }

    /** Set by the log configuration. */
    public void setEncoder(LogEncoder newEncoder) {
        encoder = newEncoder;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, String> context = event.getMDCPropertyMap();
        String run = context.get("queue_id");
        String worker = context.get("telemetry_id");
        if (directory == null || encoder == null || run == null || worker == null) {
            return;
        }
        try {
            Path file = Files.createDirectories(directory.resolve(run)).resolve(worker + ".log");
            Files.write(file, encoder.encode(event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            addError("cannot write the log of " + worker, e);
        }
    }
}
