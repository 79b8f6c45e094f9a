package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one file from a position, batch by batch. */
final class SplitReader implements AutoCloseable {

    /** A row of more bytes is rejected. */
    static final int LONGEST_ROW = 8 << 20;

    private static final int BATCH_BYTES = 256 << 10;
    private static final int BATCH_SLACK = 16 << 10;
    private static final int BATCH_ROWS = 4096;
    private static final int MAX_REJECTED = 1000;

    private final InputFile file;
    private final InputWindow window;
    private final RowSchema schema;
    private final RowWriter writer;
    private final Rejections rejections;
    private final RowParser parser;

    private SplitReader(InputFile file, RowWriter writer, Rejections rejections, RowParser parser) {
        this.file = file;
        window = file.window();
        schema = writer.schema();
        this.writer = writer;
        this.rejections = rejections;
        this.parser = parser;
    }

    static SplitReader open(Path path, FileOptions options, RowSchema schema, Optional<FilePosition> from)
            throws ConnectorException, IOException {
        InputFile file = InputFile.open(path, options);
        try {
            RowWriter writer = new RowWriter(schema);
            Rejections rejections = new Rejections(path.getFileName().toString());
            long line = file.firstLine();
            if (from.isPresent()) {
                from.get().seek(file.window(), path.toString());
                line = from.get().line();
            }
            RowParser parser = options.format() == FileFormat.CSV
                    ? CsvColumns.parser(path, file.header(), options.dialect(), writer, rejections, line)
                    : new JsonLinesParser(writer, rejections, line);
            return new SplitReader(file, writer, rejections, parser);
        } catch (IOException | ConnectorException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The next batch, or null at the end of the file. */
    @Nullable RecordBatch next() throws IOException {
        RowBuffer rows = new RowBuffer(BATCH_BYTES + BATCH_SLACK, BATCH_ROWS);
        writer.to(rows);
        boolean more = true;
        while (more && rows.byteSize() < BATCH_BYTES && rejections.size() < MAX_REJECTED) {
            more = row();
        }
        if (rows.rows() == 0 && rejections.size() == 0) {
            return null;
        }
        FilePosition position = FilePosition.at(window, parser.line());
        return new RecordBatch(schema, rows, position.toPosition(), rejections.take());
    }

    /** Parses a row, or makes more bytes available; false at the end of the file. */
    private boolean row() throws IOException {
        int start = window.start();
        int end = Math.min(window.end(), start + LONGEST_ROW);
        if (start < end) {
            int after = parser.next(window.bytes(), start, end, window.atEnd() && end == window.end());
            if (after == RowParser.NEED_MORE && end - start == LONGEST_ROW) {
                after = parser.giveUp(window.bytes(), start, end);
            }
            if (after != RowParser.NEED_MORE) {
                window.consume(after);
                return true;
            }
        }
        return window.fill() || window.start() < window.end();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
