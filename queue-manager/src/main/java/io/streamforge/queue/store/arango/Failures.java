package io.streamforge.queue.store.arango;

import com.arangodb.ArangoDBException;
import java.util.Set;

/** What the server's error numbers mean here. */
final class Failures {

    private static final int DUPLICATE_NAME = 1207;
    private static final int UNIQUE_CONSTRAINT = 1210;
    /** Lock timeout, write-write conflict. */
    private static final Set<Integer> CONFLICTS = Set.of(18, 1200);

    private Failures() {}

    /** The error number the server answered with, 0 when it did not answer. */
    static int number(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArangoDBException refused && refused.getErrorNum() != null) {
                return refused.getErrorNum();
            }
        }
        return 0;
    }

    static boolean taken(Throwable failure) {
        return number(failure) == UNIQUE_CONSTRAINT;
    }

    /** Somebody else is writing the same document; trying again helps. */
    static boolean conflict(Throwable failure) {
        return CONFLICTS.contains(number(failure));
    }

    static String explain(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return number(failure) == 0
                ? "cannot be reached; check address and port, and that the server is up (" + root.getMessage() + ")"
                : String.valueOf(root.getMessage());
    }

    static void unlessThere(Runnable creation) {
        try {
            creation.run();
        } catch (ArangoDBException e) {
            if (number(e) != DUPLICATE_NAME) {
                throw e;
            }
        }
    }
}
