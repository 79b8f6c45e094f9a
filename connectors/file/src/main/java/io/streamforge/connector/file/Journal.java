package io.streamforge.connector.file;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;

/**
 * A small file of JSON lines, each with a checksum, forced to the disk one by one. A line that was not completely written
 * before a crash is as if it had never been begun.
 */
final class Journal<T> implements AutoCloseable {

    private static final int CHECKSUM_LENGTH = 8;

    private final FileChannel channel;
    private final Class<T> type;

    Journal(FileChannel channel, Class<T> type) {
        this.channel = channel;
        this.type = type;
    }

    FileChannel channel() {
        return channel;
    }

    /** The valid entries, oldest first; what follows them is cut off. */
    List<T> read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
            // until all is read
        }
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        List<T> entries = new ArrayList<>();
        int at = 0;
        int lineEnd;
        while ((lineEnd = text.indexOf('\n', at)) >= 0 && parse(text.substring(at, lineEnd), entries)) {
            at = lineEnd + 1;
        }
        channel.truncate(text.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
        return entries;
    }

    /** Adds an entry; on return it is on the disk. */
    void append(T entry) throws IOException {
        String json = Json.MAPPER.writeValueAsString(entry);
        ByteBuffer line = StandardCharsets.UTF_8.encode(checksum(json) + " " + json + "\n");
        long at = channel.size();
        while (line.hasRemaining()) {
            at += channel.write(line, at);
        }
        channel.force(true);
    }

    private boolean parse(String line, List<T> entries) {
        if (line.length() <= CHECKSUM_LENGTH + 1) {
            return false;
        }
        String json = line.substring(CHECKSUM_LENGTH + 1);
        if (!checksum(json).equals(line.substring(0, CHECKSUM_LENGTH))) {
            return false;
        }
        try {
            entries.add(Json.MAPPER.readValue(json, type));
            return true;
        } catch (JacksonException e) {
            throw new IllegalStateException("journal entry of another version: " + json, e);
        }
    }

    private static String checksum(String json) {
        CRC32 crc = new CRC32();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
