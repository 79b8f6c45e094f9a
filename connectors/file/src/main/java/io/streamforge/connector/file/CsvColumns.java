package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.file.Path;
import java.util.List;

/** Which cell of a file's rows belongs to which column: by name when the file has a header, otherwise in order. */
final class CsvColumns {

    private CsvColumns() {}

    /** @throws ConnectorException when the file's header lacks a column */
    static CsvParser parser(
            Path file, List<String> header, CsvDialect dialect, RowWriter writer, Rejections rejections, long line)
            throws ConnectorException {
        RowSchema schema = writer.schema();
        int[] cells = new int[schema.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = header.isEmpty() ? i : cell(schema.column(i).name(), header, file);
        }
        int expected = header.isEmpty() ? cells.length : header.size();
        return new CsvParser(dialect, writer, expected, cells, rejections, line);
    }

    private static int cell(String column, List<String> header, Path file) throws ConnectorException {
        int cell = header.indexOf(column);
        if (cell < 0) {
            throw new ConnectorException(
                    "FILE-COLUMN",
                    Category.FATAL,
                    "'" + file + "' has no column '" + column + "'",
                    Suggestions.closest(column, header)
                                    .map(name -> "did you mean '" + name + "'? ")
                                    .orElse("") + "its header names " + String.join(", ", header));
        }
        return cell;
    }
}
