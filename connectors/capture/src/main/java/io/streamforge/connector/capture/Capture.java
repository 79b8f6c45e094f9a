package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** A capture as the stream of batches that {@link io.streamforge.connector.Source#read} gives. */
public final class Capture {

    private final Opener opener;
    private final CaptureSettings settings;

    public Capture(Opener opener, CaptureSettings settings) {
        this.opener = opener;
        this.settings = settings;
    }

    /** Connects to a database; called by the thread that reads. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Opens the log behind a position, or from now on, and what reads chunks beside it.
         *
         * @param log what {@link LogPosition#values} gave; empty when the capture begins
         * @param tables as they were there, keyed
         * @throws ConnectorException with category {@code fatal} when the position is another server's or its log is gone
         */
        Opened open(Optional<Map<String, Object>> log, List<RowSchema> tables)
                throws ConnectorException, InterruptedException;
    }

    /** What a capture reads; closed when the stream ends. */
    public record Opened(ChangeLog log, ChunkReader chunks) implements AutoCloseable {

        @Override
        public void close() {
            try (log;
                    chunks) {
                // Both are closed, whatever one of them throws.
            }
        }
    }

    /**
     * @param schemas of the tables, keyed; each name is the table's
     * @param from position of a batch that was committed
     */
    public Flux<RecordBatch> read(List<RowSchema> schemas, Optional<Position> from) {
        return Flux.generate(() -> begin(schemas, from), Capture::emit, Running::close);
    }

    private record Running(Opened opened, CaptureLoop loop) {

        void close() {
            opened.close();
        }
    }

    private Running begin(List<RowSchema> schemas, Optional<Position> from)
            throws ConnectorException, InterruptedException {
        Optional<CapturePosition> known = from.isPresent() ? Optional.of(position(from.get())) : Optional.empty();
        List<RowSchema> tables = schemas.stream()
                .map(schema -> known.flatMap(position -> position.columns(schema.name()))
                        .map(columns -> columns.found(schema))
                        .orElse(schema))
                .toList();
        Opened opened = opener.open(known.map(CapturePosition::log), tables);
        CaptureLoop loop = new CaptureLoop(
                opened.log(), opened.chunks(), schemas, known.orElse(CapturePosition.NONE), settings, System::nanoTime);
        return new Running(opened, loop);
    }

    private static CapturePosition position(Position from) throws ConnectorException {
        try {
            return CapturePosition.of(from);
        } catch (IllegalArgumentException e) {
            throw CaptureErrors.position(String.valueOf(e.getMessage()));
        }
    }

    private static Running emit(Running running, SynchronousSink<RecordBatch> sink) {
        try {
            sink.next(running.loop().next());
        } catch (ConnectorException e) {
            sink.error(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sink.error(e);
        }
        return running;
    }
}
