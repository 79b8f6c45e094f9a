package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How an error of a database is shown: what was attempted and where, the database's own words in one line, without the
 * password.
 */
public final class Failures {

    private static final int LONGEST = 500;

    private final JdbcAccess access;
    private final String place;

    /** @param place the database, for people */
    public Failures(JdbcAccess access, String place) {
        this.access = access;
        this.place = place;
    }

    public ConnectorException of(
            String code, Category category, String attempted, SQLException cause, @Nullable String suggestion) {
        return new ConnectorException(
                code, category, attempted + " in " + place + ": " + words(cause.getMessage()), suggestion, cause);
    }

    /** A database's message in one line. */
    String words(@Nullable String message) {
        String line =
                access.masked(String.valueOf(message)).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
