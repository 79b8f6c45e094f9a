package io.streamforge.connector.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that loses power or is full at a chosen step. With the power gone every step fails, and what was not forced before
 * is lost when {@link #crash} is called: the worst that a file system may do.
 */
final class FaultyDisk implements Disk {

    private final Disk real = new Disk.Real();
    private final List<FaultyChannel> channels = new ArrayList<>();
    private final boolean powerLoss;
    private long stepsLeft;

    private FaultyDisk(long steps, boolean powerLoss) {
        stepsLeft = steps;
        this.powerLoss = powerLoss;
    }

    static FaultyDisk losingPowerAfter(long steps) {
        return new FaultyDisk(steps, true);
    }

    /** Only writes fail, after half of what they should have written, until {@link #freeSpace}. */
    static FaultyDisk fullAfter(long writes) {
        return new FaultyDisk(writes, false);
    }

    void freeSpace() {
        stepsLeft = Long.MAX_VALUE;
    }

    boolean failed() {
        return stepsLeft < 0;
    }

    /** Closes all files and loses what was not forced. */
    void crash() throws IOException {
        for (FaultyChannel channel : channels) {
            channel.lose();
        }
    }

    private void step() throws IOException {
        if (powerLoss && --stepsLeft < 0) {
            throw new IOException("power is gone");
        }
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        step();
        FaultyChannel channel = new FaultyChannel(real.open(file));
        channels.add(channel);
        return channel;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        real.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        real.delete(file);
    }

    @Override
    public void force(Path directory) throws IOException {
        step();
        real.force(directory);
    }

    private final class FaultyChannel extends FileChannel {

        private final FileChannel file;
        private long forced;

        FaultyChannel(FileChannel file) throws IOException {
            this.file = file;
            forced = file.size();
        }

        void lose() throws IOException {
            if (file.isOpen()) {
                if (file.size() > forced) {
                    file.truncate(forced);
                }
                file.close();
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            boolean fails = --stepsLeft < 0;
            if (fails) {
                ByteBuffer half = source.duplicate().limit(source.position() + source.remaining() / 2);
                int written = file.write(half, position);
                source.position(source.position() + written);
                throw new IOException(powerLoss ? "power is gone" : "No space left on device");
            }
            return file.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            step();
            forced = file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            step();
            forced = Math.min(forced, size);
            file.truncate(size);
            return this;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            step();
            return file.transferTo(position, Math.min(count, 1000), ((FaultyChannel) target).file);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return file.lock(position, size, shared);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            file.position(newPosition);
            return this;
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }
    }
}
