package io.streamforge.connector.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** MariaDB's types of fixed binary size, which travel as strings without the zeros at their end. */
final class AddressCells {

    private static final int UUID_SIZE = 16;
    private static final int INET4_SIZE = 4;
    private static final int INET6_SIZE = 16;
    private static final int INET6_GROUPS = 8;

    private AddressCells() {}

    static Cell uuid(ImageColumn image) {
        return (bytes, at, row) -> {
            byte[] value = value(bytes, at, image, UUID_SIZE);
            row.writeString(new UUID(EventBytes.bigEndian(value, 0, 8), EventBytes.bigEndian(value, 8, 8)).toString());
        };
    }

    static Cell inet4(ImageColumn image) {
        return (bytes, at, row) -> {
            byte[] value = value(bytes, at, image, INET4_SIZE);
            row.writeString(
                    (value[0] & 0xFF) + "." + (value[1] & 0xFF) + "." + (value[2] & 0xFF) + "." + (value[3] & 0xFF));
        };
    }

    static Cell inet6(ImageColumn image) {
        return (bytes, at, row) -> {
            byte[] text = inet6(value(bytes, at, image, INET6_SIZE)).getBytes(StandardCharsets.US_ASCII);
            row.writeUtf8(text, 0, text.length);
        };
    }

    private static byte[] value(byte[] bytes, int at, ImageColumn image, int size) {
        int prefix = image.lengthSize();
        int from = at + prefix;
        int length = (int) EventBytes.littleEndian(bytes, at, prefix);
        return Arrays.copyOf(Arrays.copyOfRange(bytes, from, from + length), size);
    }

    /** As the server prints it: the longest run of zero groups is left out, an IPv4 address is dotted. */
    private static String inet6(byte[] value) {
        int[] groups = new int[INET6_GROUPS];
        for (int i = 0; i < INET6_GROUPS; i++) {
            groups[i] = (int) EventBytes.bigEndian(value, 2 * i, 2);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < INET6_GROUPS; i++) {
            int run = i;
            while (run < INET6_GROUPS && groups[run] == 0) {
                run++;
            }
            if (run - i > length) {
                start = i;
                length = run - i;
            }
        }
        boolean dotted = start == 0 && (length == 6 || (length == 5 && groups[5] == 0xFFFF));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < INET6_GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else if (dotted && i == 6) {
                colon(text)
                        .append(value[12] & 0xFF)
                        .append('.')
                        .append(value[13] & 0xFF)
                        .append('.');
                return text.append(value[14] & 0xFF)
                        .append('.')
                        .append(value[15] & 0xFF)
                        .toString();
            } else {
                colon(text).append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static StringBuilder colon(StringBuilder text) {
        return text.isEmpty() || text.charAt(text.length() - 1) == ':' ? text : text.append(':');
    }
}
