package io.streamforge.connector.arango;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDBMultipleException;
import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ArangoDB's error numbers as errors a user can act on. */
final class ArangoErrors {

    static final int UNIQUE_CONSTRAINT = 1210;
    static final int DUPLICATE_NAME = 1207;
    static final int DUPLICATE_GRAPH = 1925;
    static final int COLLECTION_NOT_FOUND = 1203;
    static final int DATABASE_NOT_FOUND = 1228;

    /** Lock timeout, queue full, write concern, resource limit, write-write conflict, lost leadership, cluster timeouts. */
    private static final Set<Integer> TRANSIENT =
            Set.of(18, 21, 28, 32, 1004, 1200, 1457, 1478, 1495, 1496, 21003, 21004);

    private static final Map<Integer, String> REJECTIONS = Map.of(
            1202,
            "ARANGODB-NO-DOCUMENT",
            UNIQUE_CONSTRAINT,
            "ARANGODB-UNIQUE-CONSTRAINT",
            1216,
            "ARANGODB-DOCUMENT-TOO-LARGE",
            1221,
            "ARANGODB-ILLEGAL-KEY",
            1620,
            "ARANGODB-SCHEMA-VALIDATION");

    private ArangoErrors() {}

    static boolean isTransient(int errorNum) {
        return TRANSIENT.contains(errorNum);
    }

    /** Code of a rejected row. */
    static String rejection(int errorNum) {
        return Objects.requireNonNull(REJECTIONS.getOrDefault(errorNum, "ARANGODB-" + errorNum));
    }

    /** @param attempt what was attempted, such as {@code writing to collection 'orders'} */
    static ConnectorException explain(String attempt, RuntimeException failure) {
        ArangoDBException refused = answer(failure);
        if (refused == null) {
            return unreachable(attempt, failure);
        }
        int status = Objects.requireNonNullElse(refused.getResponseCode(), 0);
        int number = Objects.requireNonNullElse(refused.getErrorNum(), 0);
        String message =
                attempt + ": " + line(refused.getErrorMessage()) + " (HTTP " + status + ", error " + number + ")";
        if (status == 401 || (status == 403 && number != 1004)) {
            return error(
                    "ARANGODB-AUTHENTICATION",
                    Category.FATAL,
                    message,
                    "check username, password and the user's rights",
                    failure);
        }
        if (status == 503 || isTransient(number)) {
            return error("ARANGODB-UNAVAILABLE", Category.TRANSIENT, message, null, failure);
        }
        if (number == COLLECTION_NOT_FOUND || number == DATABASE_NOT_FOUND) {
            return error(
                    "ARANGODB-NOT-FOUND",
                    Category.FATAL,
                    message,
                    "create it, or set create_collection to true",
                    failure);
        }
        return error("ARANGODB-REQUEST", Category.FATAL, message, null, failure);
    }

    /** The first failure in the chain that the server itself answered with; null when it did not answer. */
    private static @Nullable ArangoDBException answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof ArangoDBException refused && refused.getResponseCode() != null) {
                return refused;
            }
        }
        return null;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof ArangoDBMultipleException many
                        && !many.getExceptions().isEmpty()
                ? many.getExceptions().get(0)
                : failure.getCause();
    }

    private static ConnectorException unreachable(String attempt, RuntimeException failure) {
        Throwable root = failure;
        for (Throwable cause = next(failure); cause != null; cause = next(cause)) {
            root = cause;
        }
        return error(
                "ARANGODB-CONNECTION",
                Category.CONNECTION,
                attempt + ": " + root.getClass().getSimpleName() + ": " + line(root.getMessage()),
                "check that the server is up and that url says where",
                failure);
    }

    private static ConnectorException error(
            String code, Category category, String message, @Nullable String suggestion, Throwable cause) {
        return new ConnectorException(code, category, message, suggestion, cause);
    }

    static String line(@Nullable String message) {
        return message == null ? "no message" : message.replaceAll("\\s+", " ");
    }
}
