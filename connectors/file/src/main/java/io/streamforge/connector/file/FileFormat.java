package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.Locale;

/** How rows are written in a file. */
enum FileFormat {
    CSV,
    JSONL;

    /** The format of the option's value, or of the path's extension when there is none. */
    static FileFormat of(java.util.Optional<String> option, String path) throws ConnectorException {
        if (option.isPresent()) {
            return valueOf(option.get().toUpperCase(Locale.ROOT));
        }
        String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return CSV;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return JSONL;
        }
        throw new ConnectorException(
                "FILE-FORMAT",
                Category.FATAL,
                "path '" + path + "' does not tell the format",
                "add format: csv or format: jsonl, or name the file .csv, .tsv, .jsonl or .ndjson");
    }
}
