package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A file opened at its first row: behind the byte order mark and the header. */
final class InputFile implements AutoCloseable {

    private static final int GZIP_BUFFER = 64 << 10;

    private final InputWindow window;
    private final List<String> header;
    private final long firstLine;

    private InputFile(InputWindow window, List<String> header, long firstLine) {
        this.window = window;
        this.header = header;
        this.firstLine = firstLine;
    }

    static InputFile open(Path file, FileOptions options) throws ConnectorException, IOException {
        InputWindow window = window(file, options.compressed(file.toString()));
        try {
            skipMark(window, file);
            List<String> header = new ArrayList<>();
            long line = 1;
            if (options.format() == FileFormat.CSV && options.dialect().header() && !empty(window)) {
                line += readHeader(window, options.dialect(), file, header);
            }
            return new InputFile(window, header, line);
        } catch (IOException | ConnectorException | RuntimeException e) {
            window.close();
            throw e;
        }
    }

    InputWindow window() {
        return window;
    }

    /** Names of the columns; empty when the file has no header. */
    List<String> header() {
        return header;
    }

    /** Line of the first row, from 1. */
    long firstLine() {
        return firstLine;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    private static InputWindow window(Path file, boolean compressed) throws IOException {
        FileInputStream in = new FileInputStream(file.toFile());
        try {
            return compressed
                    ? new InputWindow(new GZIPInputStream(in, GZIP_BUFFER), null)
                    : new InputWindow(in, in.getChannel());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static boolean empty(InputWindow window) {
        return window.unparsed() == 0 && window.atEnd();
    }

    private static void skipMark(InputWindow window, Path file) throws ConnectorException {
        byte[] bytes = window.bytes();
        int first = window.unparsed() > 0 ? bytes[0] & 0xFF : 0;
        int second = window.unparsed() > 1 ? bytes[1] & 0xFF : 0;
        if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
            throw new ConnectorException(
                    "FILE-CHARSET",
                    Category.FATAL,
                    "'" + file + "' is UTF-16",
                    "convert it to UTF-8: iconv -f UTF-16 -t UTF-8 " + file.getFileName());
        }
        if (first == 0xEF && second == 0xBB && window.unparsed() > 2 && (bytes[2] & 0xFF) == 0xBF) {
            window.consume(3);
        }
    }

    /** @return lines of the header */
    private static int readHeader(InputWindow window, CsvDialect dialect, Path file, List<String> names)
            throws ConnectorException, IOException {
        CsvFields fields = new CsvFields(dialect);
        int after;
        while ((after = fields.split(window.bytes(), window.start(), window.end(), window.atEnd()))
                == CsvFields.NEED_MORE) {
            if (window.unparsed() > SplitReader.LONGEST_ROW) {
                after = CsvFields.BROKEN;
                break;
            }
            window.fill();
        }
        if (after == CsvFields.BROKEN) {
            throw new ConnectorException(
                    "FILE-HEADER", Category.FATAL, "'" + file + "': the quotes of its header are broken", null);
        }
        for (int i = 0; i < fields.count(); i++) {
            String name = name(fields, window.bytes(), i);
            names.add(name.isEmpty() ? "column_" + (i + 1) : name);
        }
        window.consume(after);
        return Math.max(1, fields.lineEnds());
    }

    private static String name(CsvFields fields, byte[] bytes, int cell) {
        if (fields.escaped(cell)) {
            int length = fields.unescape(bytes, cell);
            return new String(fields.scratch(), 0, length, StandardCharsets.UTF_8);
        }
        int start = fields.start(cell);
        String name = new String(bytes, start, fields.end(cell) - start, StandardCharsets.UTF_8);
        return fields.quoted(cell) ? name : name.strip();
    }
}
