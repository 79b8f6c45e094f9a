package io.streamforge.connector.mysql;

/**
 * How a column lies in a row image.
 *
 * @param code of the type; of a string type the one that its metadata hides
 * @param metadata of the column, as the type defines it
 */
record ImageColumn(int code, int metadata) {

    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int TIMESTAMP_OLD = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME_OLD = 11;
    static final int DATETIME_OLD = 12;
    static final int YEAR = 13;
    static final int NEWDATE = 14;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int TIMESTAMP = 17;
    static final int DATETIME = 18;
    static final int TIME = 19;
    static final int JSON = 245;
    static final int DECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    private static final int ONE_BYTE_LENGTH = 256;

    /** Bytes of the value that begins at {@code at}, its length included. */
    int size(byte[] bytes, int at) {
        return switch (code) {
            case NULL -> 0;
            case TINY, YEAR -> 1;
            case SHORT -> 2;
            case INT24, DATE, NEWDATE, TIME_OLD -> 3;
            case LONG, FLOAT, TIMESTAMP_OLD -> 4;
            case LONGLONG, DOUBLE, DATETIME_OLD -> 8;
            case TIME -> 3 + fractionSize();
            case TIMESTAMP -> 4 + fractionSize();
            case DATETIME -> 5 + fractionSize();
            case DECIMAL -> DecimalCell.size(precision(), scale());
            case BIT -> bitBytes();
            case ENUM, SET -> metadata & 0xFF;
            case VARCHAR, VAR_STRING, STRING, BLOB, JSON, GEOMETRY ->
                lengthSize() + (int) EventBytes.littleEndian(bytes, at, lengthSize());
            default -> throw new IllegalStateException("type " + code + " is not known");
        };
    }

    /** Bytes of the length in front of a value of variable size. */
    int lengthSize() {
        return switch (code) {
            case BLOB, JSON, GEOMETRY -> metadata;
            case STRING -> stringLength() < ONE_BYTE_LENGTH ? 1 : 2;
            default -> metadata < ONE_BYTE_LENGTH ? 1 : 2;
        };
    }

    int fraction() {
        return metadata;
    }

    int fractionSize() {
        return (metadata + 1) / 2;
    }

    int precision() {
        return metadata & 0xFF;
    }

    int scale() {
        return metadata >> 8;
    }

    int bitBytes() {
        return (metadata >> 8) + ((metadata & 0xFF) > 0 ? 1 : 0);
    }

    /** Longest value in bytes of CHAR and BINARY; lengths above 255 hide their high bits in the type. */
    int stringLength() {
        int high = metadata >> 8;
        return (metadata & 0xFF) | (((high & 0x30) ^ 0x30) << 4);
    }

    /** The column of a table map: a string's metadata says whether it is a string at all. */
    static ImageColumn of(int code, int metadata) {
        if (code != STRING) {
            return new ImageColumn(code, metadata);
        }
        int real = metadata >> 8;
        return real == ENUM || real == SET ? new ImageColumn(real, metadata) : new ImageColumn(STRING, metadata);
    }
}
