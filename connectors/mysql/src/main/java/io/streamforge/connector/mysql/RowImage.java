package io.streamforge.connector.mysql;

import java.util.List;

/** Where the values of one image lie; used again for each image. */
final class RowImage {

    private static final int NULL = -1;

    private final List<ImageColumn> columns;
    private final int[] starts;
    private final int[] ends;
    private byte[] bytes = new byte[0];

    RowImage(List<ImageColumn> columns) {
        this.columns = columns;
        starts = new int[columns.size()];
        ends = new int[columns.size()];
    }

    /** Finds the values of the image that begins at {@code from}; returns where it ends. */
    int locate(byte[] source, int from) {
        bytes = source;
        int size = columns.size();
        int at = from + (size + 7) / 8;
        for (int i = 0; i < size; i++) {
            if ((source[from + i / 8] >> (i % 8) & 1) == 1) {
                starts[i] = NULL;
            } else {
                starts[i] = at;
                at += columns.get(i).size(source, at);
            }
            ends[i] = at;
        }
        return at;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isNull(int column) {
        return starts[column] == NULL;
    }

    int start(int column) {
        return starts[column];
    }

    /** True when both images hold the same bytes in the column. */
    boolean same(int column, RowImage other) {
        if (isNull(column) || other.isNull(column)) {
            return isNull(column) && other.isNull(column);
        }
        return java.util.Arrays.equals(
                bytes, starts[column], ends[column], other.bytes, other.starts[column], other.ends[column]);
    }
}
