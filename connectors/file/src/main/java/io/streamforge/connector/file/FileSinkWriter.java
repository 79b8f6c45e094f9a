package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to a part. Invariant: the journal never says more than what is on the disk, because the part is forced
 * before its journal entry is written; what lies behind the journalled length is cut off before the next write. Each
 * section that changes something is exclusive and begins by checking that no newer writer has taken the part.
 */
final class FileSinkWriter implements SinkWriter {

    private static final Progress NOTHING = new Progress(0, 0, 0);

    private final SinkTarget target;
    private final SinkContext context;
    private final RowFormat format;
    private final boolean compressed;
    private final Placement placement;
    private final Journal<PartState> journal;
    private final Disk disk;
    private final RowCursor cursor;
    private final TextBuffer text = new TextBuffer();

    private @Nullable FileChannel part;
    private @Nullable PartState state;
    private @Nullable Map<Integer, Progress> placed;
    private long journalSize;
    private boolean certain;

    FileSinkWriter(SinkTarget target, SinkContext context, FileOptions options, boolean append, Disk disk)
            throws IOException {
        this.target = target;
        this.context = context;
        this.disk = disk;
        format = RowFormat.of(options, context.schema());
        compressed = options.compressed(target.file().toString());
        placement = new Placement(disk, target, append);
        cursor = new RowCursor(context.schema());
        journal = new Journal<>(disk.open(target.journal()), PartState.class);
    }

    @Override
    public Optional<Map<Integer, Progress>> restore() throws ConnectorException {
        try (FileLock lock = FileLocks.acquire(journal.channel(), target.journal())) {
            Optional<Map<Integer, Progress>> done = placement.find();
            if (done.isPresent()) {
                placed = done.get();
                return done;
            }
            List<PartState> entries = journal.read();
            FileChannel opened = disk.open(target.part());
            part = opened;
            PartState taken = entries.isEmpty()
                    ? begin(opened)
                    : resume(entries.get(entries.size() - 1), opened).taken();
            journal.append(taken);
            disk.force(target.directory());
            remember(taken);
            return Optional.of(taken.offsets());
        } catch (IOException e) {
            throw FileErrors.of("open", target.part(), e);
        }
    }

    private PartState begin(FileChannel opened) throws IOException {
        text.clear();
        format.begin(text);
        opened.truncate(0);
        long header = text.length() == 0 ? 0 : append(opened, bytes(), 0);
        return new PartState(1, context.partitions(), header, header, Map.of());
    }

    private PartState resume(PartState last, FileChannel opened) throws IOException, ConnectorException {
        if (!last.partitions().equals(context.partitions())) {
            throw new ConnectorException(
                    "FILE-PARTITIONS",
                    Category.FATAL,
                    "'" + target.file() + "' was begun for partitions " + last.partitions() + " and is now written for "
                            + context.partitions(),
                    "start the run again");
        }
        if (opened.size() < last.length()) {
            throw new ConnectorException(
                    "FILE-PART-LOST",
                    Category.FATAL,
                    "'" + target.part() + "' is shorter than what was written to it",
                    "start the run again; do not touch hidden files beside the target");
        }
        opened.truncate(last.length());
        return last;
    }

    @Override
    public WriteResult write(SinkBatch batch) throws ConnectorException {
        if (placed != null) {
            return requireNothingNew(batch, placed);
        }
        PartState before = Objects.requireNonNull(state, "restore() comes before write()");
        try (FileLock lock = FileLocks.acquire(journal.channel(), target.journal())) {
            PartState current = requirePossession(before);
            certain = false;
            List<Rejection> rejected = new ArrayList<>();
            Map<Integer, Progress> offsets = format(batch, current, rejected);
            long length = text.length() == 0
                    ? current.length()
                    : append(Objects.requireNonNull(part), bytes(), current.length());
            PartState grown = current.grown(length, offsets);
            journal.append(grown);
            remember(grown);
            return rejected.isEmpty() ? WriteResult.ALL_WRITTEN : new WriteResult(rejected);
        } catch (IOException e) {
            throw FileErrors.of("write", target.part(), e);
        }
    }

    private WriteResult requireNothingNew(SinkBatch batch, Map<Integer, Progress> done) throws ConnectorException {
        for (int row = 0; row < batch.size(); row++) {
            if (batch.offset(row)
                    >= done.getOrDefault(batch.partition(row), NOTHING).next()) {
                throw new ConnectorException(
                        "FILE-COMPLETE",
                        Category.FATAL,
                        "'" + target.file() + "' was completed by this run and more rows came",
                        "start the run again");
            }
        }
        return WriteResult.ALL_WRITTEN;
    }

    /** Every writer that takes possession makes the journal longer. After a failure, what counts is what the journal says. */
    private PartState requirePossession(PartState known) throws IOException, ConnectorException {
        if (certain && journal.channel().size() == journalSize) {
            return known;
        }
        List<PartState> entries = journal.read();
        PartState last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        if (last == null || last.epoch() != known.epoch()) {
            throw new ConnectorException(
                    ConnectorException.SUPERSEDED,
                    Category.FATAL,
                    "a newer writer has taken over '" + target.file() + "'",
                    null);
        }
        return last;
    }

    private void remember(PartState now) throws IOException {
        state = now;
        journalSize = journal.channel().size();
        certain = true;
    }

    /** Fills the text with the rows that are not in the part yet. */
    private Map<Integer, Progress> format(SinkBatch batch, PartState current, List<Rejection> rejected) {
        text.clear();
        Map<Integer, Progress> offsets = new TreeMap<>(current.offsets());
        for (int row = 0; row < batch.size(); row++) {
            int before = text.length();
            Rejection rejection = format(batch, row);
            if (rejection != null) {
                text.truncate(before);
                rejected.add(rejection);
            }
            Progress known = offsets.getOrDefault(batch.partition(row), NOTHING);
            if (batch.offset(row) < known.next()) {
                text.truncate(before);
                continue;
            }
            offsets.put(
                    batch.partition(row),
                    new Progress(
                            batch.offset(row) + 1,
                            known.written() + (rejection == null ? 1 : 0),
                            known.rejected() + (rejection == null ? 0 : 1)));
        }
        batch.ranges().forEach((partition, range) -> {
            Progress known = offsets.getOrDefault(partition, NOTHING);
            offsets.put(
                    partition, new Progress(Math.max(known.next(), range.next()), known.written(), known.rejected()));
        });
        return offsets;
    }

    private @Nullable Rejection format(SinkBatch batch, int row) {
        if (!batch.hasValue(row)) {
            return new Rejection(row, "FILE-DELETE", "a file has no rows to delete from");
        }
        try {
            format.write(batch.value(row, cursor), text);
            return null;
        } catch (InvalidValueException e) {
            return new Rejection(row, "FILE-VALUE", String.valueOf(e.getMessage()));
        }
    }

    /** The text as it goes into the part; a gzip part is a row of complete gzip members. */
    private ByteBuffer bytes() throws IOException {
        if (!compressed) {
            return text.content();
        }
        ByteArrayOutputStream member = new ByteArrayOutputStream(text.length() / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(member, 16 << 10)) {
            gzip.write(text.array(), 0, text.length());
        }
        return ByteBuffer.wrap(member.toByteArray());
    }

    /** @return length of the part with the bytes, which are on the disk */
    private static long append(FileChannel part, ByteBuffer bytes, long at) throws IOException {
        if (part.size() > at) {
            part.truncate(at);
        }
        long end = at;
        while (bytes.hasRemaining()) {
            end += part.write(bytes, end);
        }
        part.force(false);
        return end;
    }

    @Override
    public void complete() throws ConnectorException {
        PartState known = state;
        try {
            if (known != null) {
                try (FileLock lock = FileLocks.acquire(journal.channel(), target.journal())) {
                    placement.place(requirePossession(known));
                }
            }
            disk.delete(target.journal());
            disk.delete(target.part());
            disk.force(target.directory());
        } catch (IOException e) {
            throw FileErrors.of("put in place", target.file(), e);
        }
    }

    @Override
    public void close() {
        try (FileChannel opened = part) {
            journal.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot close '" + target.part() + "'", e);
        }
    }
}
