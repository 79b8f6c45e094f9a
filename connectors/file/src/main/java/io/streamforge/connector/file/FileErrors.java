package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What an I/O failure means for the user. */
final class FileErrors {

    private FileErrors() {}

    /** @param attempted a verb with its object's beginning, such as {@code read} or {@code list the files of} */
    static ConnectorException of(String attempted, Object file, Exception failure) {
        String reason = String.valueOf(failure.getMessage());
        String message = "cannot " + attempted + " '" + file + "': " + reason;
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return new ConnectorException(
                    "FILE-DISK-FULL",
                    Category.CONNECTION,
                    message,
                    "free some space; writing goes on where it stopped",
                    failure);
        }
        if (failure instanceof NoSuchFileException || lower.contains("no such file")) {
            return new ConnectorException("FILE-NOT-FOUND", Category.FATAL, message, "check the path", failure);
        }
        if (failure instanceof AccessDeniedException
                || lower.contains("permission denied")
                || lower.contains("read-only")) {
            return new ConnectorException(
                    "FILE-ACCESS", Category.FATAL, message, "give the worker's user access to it", failure);
        }
        if (failure instanceof java.util.zip.ZipException || failure instanceof java.io.EOFException) {
            return new ConnectorException(
                    "FILE-GZIP", Category.FATAL, message, "the file is no gzip file, or is cut short", failure);
        }
        Category category = failure instanceof IOException ? Category.TRANSIENT : Category.FATAL;
        return new ConnectorException("FILE-IO", category, message, null, failure);
    }
}
