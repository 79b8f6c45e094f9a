package io.streamforge.system;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Rows in a file of an installation's volume.
 *
 * @param name below the directory {@code /data} of workers
 */
record CsvFile(String name) {

    static CsvFile create(Installation installation, long rows) {
        CsvFile made = new CsvFile(UUID.randomUUID() + ".csv");
        Path file = installation.files().resolve(made.name());
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,name,note,total\n");
            for (long row = 1; row <= rows; row++) {
                writer.write(Row.csv(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    /** The source of a workflow. */
    String source() {
        return """
                source:
                  connector: file
                  options:
                    path: /data/%s
                    columns: %s
                """.formatted(name, Row.COLUMNS);
    }
}
