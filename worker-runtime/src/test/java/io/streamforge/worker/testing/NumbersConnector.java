package io.streamforge.worker.testing;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** A source of rows {@code id, text} whose ids count up; a split {@code n} counts from {@code n * 1,000,000,000}. */
public final class NumbersConnector implements SourceConnector {

    public static final RowSchema SCHEMA = new RowSchema(
            "numbers",
            List.of(Column.required("id", DataType.INT64), Column.required("text", DataType.STRING)),
            List.of("id"));

    public static final long SPLIT_STRIDE = 1_000_000_000L;

    private static final Map<String, Control> CONTROLS = new ConcurrentHashMap<>();

    /** The ids of the first rows of split 0. */
    public static List<Long> ids(long rows) {
        return LongStream.range(0, rows).boxed().toList();
    }

    /** Faults of the sources with the option {@code control} of this name; they last until they are taken back. */
    public static Control control(String name) {
        return CONTROLS.computeIfAbsent(name, n -> new Control());
    }

    /** What a test does to a source. */
    public static final class Control {
        /** Reading fails this many times more. */
        public final AtomicInteger failures = new AtomicInteger();
        /** Reading blocks before this row, deaf to interrupts when {@link #deaf}. */
        public final AtomicLong blockAt = new AtomicLong(Long.MAX_VALUE);

        public volatile boolean deaf;
        public final AtomicLong acknowledged = new AtomicLong(-1);
        public final AtomicLong produced = new AtomicLong();
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "numbers",
                "Numbers",
                "Counts.",
                new ConnectorDescriptor.Role(
                        "loader-producer",
                        List.of(
                                OptionSpec.of("rows", OptionType.INTEGER, "Rows per split.")
                                        .withRequired(),
                                OptionSpec.of("batch", OptionType.INTEGER, "Rows per batch.")
                                        .withDefault("100"),
                                OptionSpec.of("delay", OptionType.DURATION, "Before each batch.")
                                        .withDefault("0ms"),
                                OptionSpec.of("text_bytes", OptionType.INTEGER, "Length of the texts.")
                                        .withDefault("20"),
                                OptionSpec.of(
                                                "reject_every",
                                                OptionType.INTEGER,
                                                "Every nth row is rejected; 0 for none.")
                                        .withDefault("0"),
                                OptionSpec.of("large_row", OptionType.INTEGER, "This row takes 2 MB; -1 for none.")
                                        .withDefault("-1"),
                                OptionSpec.of("control", OptionType.STRING, "Name of its faults.")
                                        .withDefault("none")),
                        "Exactly once."),
                null);
    }

    @Override
    public Source source(Options options) {
        return new Numbers(options, control(options.string("control")));
    }

    private record Numbers(Options options, Control control) implements Source {

        @Override
        public Discovery discover() {
            return new Discovery(SCHEMA, List.of(new Split("0", Map.of())), OptionalLong.of(options.integer("rows")));
        }

        @Override
        public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
            long first = from.flatMap(position -> position.number("row")).orElse(0L);
            return Flux.generate(() -> first, (row, sink) -> next(split, row, sink));
        }

        private long next(Split split, long row, SynchronousSink<RecordBatch> sink) {
            long end = Math.min(options.integer("rows"), row + options.integer("batch"));
            if (row >= options.integer("rows")) {
                sink.complete();
                return row;
            }
            if (control.failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                sink.error(new ConnectorException(
                        "NUMBERS-DOWN", Category.CONNECTION, "the source is down", "wait until it is back"));
                return row;
            }
            block(end);
            LockSupport.parkNanos(options.duration("delay").toNanos());
            sink.next(batch(split, row, end));
            return end;
        }

        private void block(long end) {
            while (end > control.blockAt.get()
                    && (control.deaf || !Thread.currentThread().isInterrupted())) {
                LockSupport.parkNanos(1_000_000);
                if (control.deaf) {
                    Thread.interrupted();
                }
            }
        }

        private RecordBatch batch(Split split, long from, long to) {
            RowBuffer rows = new RowBuffer();
            RowWriter writer = new RowWriter(SCHEMA).to(rows);
            List<RejectedRow> rejected = new ArrayList<>();
            long every = options.integer("reject_every");
            long stride = Long.parseLong(split.id()) * SPLIT_STRIDE;
            for (long row = from; row < to; row++) {
                if (every > 0 && row % every == every - 1) {
                    String place = "numbers/" + split.id() + ":" + row;
                    rejected.add(new RejectedRow(
                            place, "NUMBERS-BAD", "not a number", place.getBytes(StandardCharsets.UTF_8)));
                    continue;
                }
                writer.writeLong(stride + row);
                writer.writeString(text(row));
                writer.endRow();
            }
            control.produced.addAndGet(to - from);
            return new RecordBatch(SCHEMA, rows, Position.of("row", to), rejected);
        }

        private String text(long row) {
            int size = row == options.integer("large_row") ? 2_000_000 : (int) options.integer("text_bytes");
            String start = "row " + row + " ";
            return start + "x".repeat(Math.max(0, size - start.length()));
        }

        @Override
        public void acknowledge(Split split, Position position) {
            position.number("row").ifPresent(control.acknowledged::set);
        }
    }
}
