package io.streamforge.dummy.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What load is wished for.
 *
 * @param perSecond pieces of work begun per second
 * @param seconds for how long
 * @param rows when rows are written; null otherwise
 * @param workflows when workflows are posted; null otherwise
 */
public record LoadOrder(
        double perSecond,
        double seconds,
        @Nullable Rows rows,
        @Nullable Workflows workflows) {

    private static final double FASTEST = 1_000_000;
    private static final double LONGEST = Duration.ofDays(1).toSeconds();

    /**
     * Rows as JSON records.
     *
     * @param topic has to be there
     */
    public record Rows(String topic) {

        public Rows {
            require(topic, "rows.topic");
        }
    }

    /**
     * Workflows, posted to queue-manager, which starts them.
     *
     * @param url of queue-manager
     * @param token null when it asks for none
     * @param definition a workflow file; <code>{n}</code> in it becomes the number of the workflow, its name must hold it
     */
    public record Workflows(String url, @Nullable String token, String definition) {

        public Workflows {
            require(url, "workflows.url");
            require(definition, "workflows.definition");
        }
    }

    /** An order comes from outside. */
    private static void require(@Nullable String text, String name) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    /** @throws IllegalArgumentException saying what is wrong */
    void check() {
        if (!(perSecond > 0 && perSecond <= FASTEST && seconds > 0 && seconds <= LONGEST)) {
            throw new IllegalArgumentException("per_second must be over 0 and at most 1000000, seconds at most a day");
        }
        if ((rows == null) == (workflows == null)) {
            throw new IllegalArgumentException("exactly one of rows and workflows is to be given");
        }
        if (workflows != null && !workflows.definition().contains("{n}")) {
            throw new IllegalArgumentException("the definition must hold {n}, or all workflows would have one name");
        }
    }

    long pieces() {
        return Math.max(1, Math.round(perSecond * seconds));
    }
}
