package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for tables that have appeared; one that cannot be captured is told once, and looked at again. For one thread. */
final class JoiningTables {

    static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(JoiningTables.class);

    private final LongSupplier clock;
    private final Set<String> refused = new HashSet<>();
    private long nextLookAt;

    /** @param clock in nanoseconds */
    JoiningTables(LongSupplier clock) {
        this.clock = clock;
        nextLookAt = clock.getAsLong();
    }

    /** The tables that are none of those known, when it is time to look. */
    List<RowSchema> look(TableFinder finder, List<RowSchema> known) throws ConnectorException {
        if (clock.getAsLong() < nextLookAt) {
            return List.of();
        }
        List<String> names = known.stream().map(RowSchema::name).toList();
        List<RowSchema> joining = new ArrayList<>();
        for (String name : finder.names()) {
            if (!names.contains(name)) {
                capturable(finder, name).ifPresent(joining::add);
            }
        }
        nextLookAt = clock.getAsLong() + PAUSE.toNanos();
        return joining;
    }

    private Optional<RowSchema> capturable(TableFinder finder, String name) throws ConnectorException {
        try {
            RowSchema schema = finder.schema(name);
            log.atInfo().addKeyValue("table", name).log("a table joins the capture");
            return Optional.of(schema);
        } catch (ConnectorException e) {
            if (e.error().category() != Category.FATAL) {
                throw e;
            }
            if (refused.add(name)) {
                log.atWarn()
                        .addKeyValue("table", name)
                        .addKeyValue("code", e.error().code())
                        .addKeyValue("reason", e.getMessage())
                        .addKeyValue("suggestion", e.error().suggestion())
                        .log("a new table is left out");
            }
            return Optional.empty();
        }
    }
}
