package io.streamforge.connector.jdbc.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order. */
final class BigEndian {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static short int16(byte[] source, int at) {
        return (short) SHORT.get(source, at);
    }

    static int int32(byte[] source, int at) {
        return (int) INT.get(source, at);
    }

    static long int64(byte[] source, int at) {
        return (long) LONG.get(source, at);
    }
}
