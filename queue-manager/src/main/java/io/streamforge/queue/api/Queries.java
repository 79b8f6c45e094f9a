package io.streamforge.queue.api;

import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Checks of what stands in paths and queries. */
final class Queries {

    private static final Pattern WORKFLOW = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
    private static final Pattern RUN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,149}");

    private Queries() {}

    /** A name that no workflow can have is one that no workflow has. */
    static String workflow(String name) {
        if (!WORKFLOW.matcher(name).matches()) {
            throw new RefusedException(Reason.NOT_FOUND, "WORKFLOW-UNKNOWN", "there is no workflow of this name");
        }
        return name;
    }

    static String run(String queueId) {
        if (!RUN.matcher(queueId).matches()) {
            throw new RefusedException(Reason.NOT_FOUND, "RUN-UNKNOWN", "there is no run of this id");
        }
        return queueId;
    }

    /** Turns a value that is out of its bounds into a refusal. */
    static <T> T checked(Supplier<T> query) {
        try {
            return query.get();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.INVALID, "PARAMETER", String.valueOf(e.getMessage()));
        }
    }

    static void requireStates(Collection<String> states, Collection<String> known) {
        if (!known.containsAll(states)) {
            throw new RefusedException(Reason.INVALID, "PARAMETER", "state is one of " + String.join(", ", known));
        }
    }
}
