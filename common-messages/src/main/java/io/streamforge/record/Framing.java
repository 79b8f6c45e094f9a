package io.streamforge.record;

import java.nio.ByteBuffer;

/** The common registry framing of keys and values: byte 0, the schema id as a big-endian int, then the Avro body. */
public final class Framing {

    /** Bytes before the body. */
    public static final int SIZE = 5;

    private Framing() {}

    /** A framed copy of {@code source[from, to)}. */
    public static byte[] frame(int schemaId, byte[] source, int from, int to) {
        byte[] framed = empty(schemaId, to - from);
        System.arraycopy(source, from, framed, SIZE, to - from);
        return framed;
    }

    /** The framing of a body of so many bytes, which are to be written from {@link #SIZE} on. */
    public static byte[] empty(int schemaId, int bodySize) {
        byte[] framed = new byte[SIZE + bodySize];
        framed[1] = (byte) (schemaId >>> 24);
        framed[2] = (byte) (schemaId >>> 16);
        framed[3] = (byte) (schemaId >>> 8);
        framed[4] = (byte) schemaId;
        return framed;
    }

    /**
     * The schema id of a framed record.
     *
     * @throws IllegalArgumentException when the bytes are not framed
     */
    public static int schemaId(byte[] framed) {
        return schemaId(ByteBuffer.wrap(framed));
    }

    /**
     * The schema id of a framed record, which stays as it is.
     *
     * @throws IllegalArgumentException when the bytes are not framed
     */
    public static int schemaId(ByteBuffer framed) {
        int from = framed.position();
        if (framed.remaining() < SIZE || framed.get(from) != 0) {
            throw new IllegalArgumentException("record is not in registry framing (byte 0, schema id, body)");
        }
        return framed.getInt(from + 1);
    }
}
