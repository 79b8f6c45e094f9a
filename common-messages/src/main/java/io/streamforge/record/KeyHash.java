package io.streamforge.record;

/**
 * Kafka's default key hash (murmur2, 32 bits) over the body of a key, so that a key keeps its partition when its schema id
 * changes. Source: Austin Appleby's MurmurHash2 with Kafka's seed.
 */
public final class KeyHash {

    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;

    private KeyHash() {}

    /** The partition, 0 to {@code partitions - 1}, of the key body in {@code bytes[from, to)}. */
    public static int partition(byte[] bytes, int from, int to, int partitions) {
        return (murmur2(bytes, from, to) & 0x7fffffff) % partitions;
    }

    static int murmur2(byte[] bytes, int from, int to) {
        int hash = SEED ^ (to - from);
        int at = from;
        for (; at + 4 <= to; at += 4) {
            int k = Varint.readFixed32(bytes, at) * M;
            k = (k ^ k >>> 24) * M;
            hash = hash * M ^ k;
        }
        int rest = to - at;
        if (rest >= 3) {
            hash ^= (bytes[at + 2] & 0xFF) << 16;
        }
        if (rest >= 2) {
            hash ^= (bytes[at + 1] & 0xFF) << 8;
        }
        if (rest >= 1) {
            hash = (hash ^ (bytes[at] & 0xFF)) * M;
        }
        hash = (hash ^ hash >>> 13) * M;
        return hash ^ hash >>> 15;
    }
}
