package io.streamforge.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.streamforge.telemetry.LogEncoder;
import io.streamforge.telemetry.Masks;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's log on standard output, set up by code because reading a configuration file takes longer than starting to work. */
final class WorkerLog {

    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24} %msg %kvp %mdc%n%ex";
    /** Kafka properties whose names have these in them are no settings to be shown. */
    private static final List<String> CREDENTIALS = List.of("PASSWORD", "JAAS", "KEYSTORE_KEY");

    private WorkerLog() {}

    static void configure(Map<String, String> environment) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        hideSecrets(environment);
        LogEncoder encoder = new LogEncoder();
        encoder.setFormat(environment.getOrDefault(WorkerEnvironment.LOG, "text"));
        encoder.setPattern(TEXT);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        String level = environment.getOrDefault(WorkerEnvironment.LOG_LEVEL, "INFO");
        context.getLogger("io.streamforge").setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT), Level.INFO));
    }

    private static void hideSecrets(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            boolean secret = name.startsWith(WorkerEnvironment.SECRET_PREFIX)
                    || (name.startsWith(WorkerEnvironment.KAFKA_PREFIX)
                            && CREDENTIALS.stream().anyMatch(name::contains));
            if (secret) {
                Masks.hide(value);
            }
        });
    }
}
