package io.streamforge.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Locale;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's log on standard output, set up by code because reading a configuration file takes longer than starting to work. */
final class WorkerLog {

    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24} %msg %kvp %mdc%n%ex";

    private WorkerLog() {}

    static void configure(Map<String, String> environment) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        boolean json = "json".equalsIgnoreCase(environment.get(WorkerEnvironment.LOG));
        Encoder<ILoggingEvent> encoder = json ? new LogstashEncoder() : text();
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

    private static PatternLayoutEncoder text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT);
        return encoder;
    }
}
