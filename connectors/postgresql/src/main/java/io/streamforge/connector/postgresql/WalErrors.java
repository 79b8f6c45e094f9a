package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import io.streamforge.connector.jdbc.PostgresErrors;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong with the log, for a user. */
final class WalErrors {

    private final PostgresErrors errors;
    private final String place;

    WalErrors(PostgresErrors errors, String place) {
        this.errors = errors;
        this.place = place;
    }

    ConnectorException translate(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }

    /** @param state empty when the slot is not there */
    ConnectorException slotGone(String slot, Optional<SlotState> state) {
        return CaptureErrors.logLost(
                state.isEmpty()
                        ? "replication slot '" + slot + "' in " + place
                                + " is gone, and with it the log since the last run"
                        : "replication slot '" + slot + "' in " + place
                                + " has lost its log: the server kept more than max_slot_wal_keep_size allows");
    }

    /** Why reading ended, by what Debezium says. */
    ConnectorException ended(@Nullable Throwable failure) {
        SQLException cause = sql(failure);
        String words = cause == null
                ? failure == null
                        ? "reading has ended"
                        : String.valueOf(root(failure).getMessage())
                : String.valueOf(cause.getMessage());
        if (lost(cause, words)) {
            return CaptureErrors.logLost("the log of " + place + " cannot be read any more: " + line(words));
        }
        if (cause != null) {
            return errors.translate("cannot read the log", cause);
        }
        return new ConnectorException(
                "POSTGRESQL-LOG",
                Category.CONNECTION,
                "cannot read the log of " + place + ": " + line(words),
                null,
                failure);
    }

    private static boolean lost(@Nullable SQLException cause, String words) {
        String state = cause == null ? null : cause.getSQLState();
        return "42704".equals(state)
                || words.contains("can no longer get changes from replication slot")
                || words.contains("has already been removed")
                || (words.contains("replication slot \"") && words.contains("does not exist"));
    }

    private static String line(String words) {
        return words.replaceAll("\\s+", " ").strip();
    }

    private static @Nullable SQLException sql(@Nullable Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
