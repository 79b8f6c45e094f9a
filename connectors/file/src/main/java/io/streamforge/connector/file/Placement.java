package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkWriter.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts finished parts in the place of the target: the first part of a run replaces the old file in one step, or is appended to
 * it; further parts of the same run are appended. May be repeated after a crash at any point.
 */
final class Placement {

    private final Disk disk;
    private final SinkTarget target;
    private final boolean append;

    Placement(Disk disk, SinkTarget target, boolean append) {
        this.disk = disk;
        this.target = target;
        this.append = append;
    }

    /** Progress of the writer's part if it is in its place already. */
    Optional<Map<Integer, Progress>> find() throws IOException, ConnectorException {
        if (!Files.exists(target.placement())) {
            return Optional.empty();
        }
        try (Journal<Placed> journal = open();
                FileLock lock = FileLocks.acquire(journal.channel(), target.placement())) {
            List<Placed> placed = journal.read();
            finishRename(placed);
            return own(placed).map(Placed::offsets);
        }
    }

    void place(PartState part) throws IOException, ConnectorException {
        try (Journal<Placed> journal = open();
                FileLock lock = FileLocks.acquire(journal.channel(), target.placement())) {
            List<Placed> placed = journal.read();
            finishRename(placed);
            if (own(placed).isEmpty()) {
                if (placed.isEmpty() && !append) {
                    rename(part, journal);
                } else {
                    append(part, placed, journal);
                }
            }
            disk.delete(target.part());
            disk.force(target.directory());
        }
    }

    private Journal<Placed> open() throws IOException {
        return new Journal<>(disk.open(target.placement()), Placed.class);
    }

    private Optional<Placed> own(List<Placed> placed) {
        String name = name(target.part());
        return placed.stream().filter(entry -> entry.part().equals(name)).findFirst();
    }

    private void rename(PartState part, Journal<Placed> journal) throws IOException {
        Placed entry = new Placed(name(target.part()), true, part.length(), part.offsets());
        journal.append(entry);
        finishRename(List.of(entry));
    }

    /** A rename that was announced and not seen is done now: nothing is appended to the target before. */
    private void finishRename(List<Placed> placed) throws IOException {
        for (Placed entry : placed) {
            Path part = target.part().resolveSibling(entry.part());
            if (entry.renamed() && Files.exists(part) && Files.size(part) == entry.length()) {
                disk.move(part, target.file());
                disk.force(target.directory());
            }
        }
    }

    private void append(PartState part, List<Placed> placed, Journal<Placed> journal) throws IOException {
        try (FileChannel file = disk.open(target.file());
                FileChannel rows = disk.open(target.part())) {
            long base;
            if (placed.isEmpty()) {
                base = file.size();
                journal.append(new Placed("", false, base, Map.of()));
            } else {
                base = placed.get(placed.size() - 1).length();
            }
            file.truncate(base);
            long from = base == 0 ? 0 : part.header();
            copy(rows, from, part.length(), file, base);
            file.force(true);
            journal.append(new Placed(name(target.part()), false, base + part.length() - from, part.offsets()));
        }
    }

    private static void copy(FileChannel source, long from, long to, FileChannel target, long at) throws IOException {
        target.position(at);
        long done = from;
        while (done < to) {
            long copied = source.transferTo(done, to - done, target);
            if (copied <= 0) {
                throw new IOException("the part is shorter than its journal says");
            }
            done += copied;
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
