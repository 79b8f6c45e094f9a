package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** What a capture reads; closed when the stream ends, or tables join. */
    public record Opened(ChangeLog log, ChunkReader chunks, TableFinder finder) implements AutoCloseable {

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
        return Flux.generate(() -> new Running(schemas, from), Running::emit, Running::close);
    }

    /** A capture under way; for one thread. */
    private final class Running {

        private final JoiningTables joining = new JoiningTables(System::nanoTime);
        private List<RowSchema> schemas;
        private Opened opened;
        private CaptureLoop loop;
        /** Says of tables that have joined that they are there, although they may have no rows. */
        private final Queue<RecordBatch> announced = new ArrayDeque<>();

        private @Nullable Position given;

        Running(List<RowSchema> schemas, Optional<Position> from) throws ConnectorException, InterruptedException {
            this.schemas = schemas;
            CapturePosition known = from.isPresent() ? position(from.get()) : CapturePosition.NONE;
            opened = open(known);
            loop = loop(known);
        }

        private Opened open(CapturePosition from) throws ConnectorException, InterruptedException {
            List<RowSchema> tables = schemas.stream()
                    .map(schema -> from.columns(schema.name())
                            .map(columns -> columns.found(schema))
                            .orElse(schema))
                    .toList();
            return opener.open(from.log().isEmpty() ? Optional.empty() : Optional.of(from.log()), tables);
        }

        private CaptureLoop loop(CapturePosition from) {
            return new CaptureLoop(opened.log(), opened.chunks(), schemas, from, settings, System::nanoTime);
        }

        Running emit(SynchronousSink<RecordBatch> sink) {
            try {
                letJoin();
                RecordBatch batch = announced.isEmpty() ? loop.next() : announced.remove();
                given = batch.position();
                sink.next(batch);
            } catch (ConnectorException e) {
                sink.error(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                sink.error(e);
            }
            return this;
        }

        /** Reading goes on where it was, with the tables that have appeared; each is begun as if a later run had found it. */
        private void letJoin() throws ConnectorException, InterruptedException {
            Position at = given;
            if (!settings.joining() || at == null || !announced.isEmpty()) {
                return;
            }
            List<RowSchema> appeared = joining.look(opened.finder(), schemas);
            if (!appeared.isEmpty()) {
                schemas = Stream.concat(schemas.stream(), appeared.stream()).toList();
                appeared.forEach(schema -> announced.add(new RecordBatch(schema, new RowBuffer(), at)));
                CapturePosition from = position(at);
                opened.close();
                opened = open(from);
                loop = loop(from);
            }
        }

        void close() {
            opened.close();
        }
    }

    private static CapturePosition position(Position from) throws ConnectorException {
        try {
            return CapturePosition.of(from);
        } catch (IllegalArgumentException e) {
            throw CaptureErrors.position(String.valueOf(e.getMessage()));
        }
    }
}
