package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;

/** Text, bytes, documents, and the types that store a number in the place of text. */
final class TextCells {

    private TextCells() {}

    static Cell text(ImageColumn image, TextDecoder decoder, Column column) {
        int prefix = image.lengthSize();
        if (decoder.utf8()) {
            return (bytes, at, row) -> {
                int from = at + prefix;
                row.writeUtf8(bytes, from, from + (int) EventBytes.littleEndian(bytes, at, prefix));
            };
        }
        return (bytes, at, row) -> {
            int size = (int) EventBytes.littleEndian(bytes, at, prefix);
            try {
                row.writeString(decoder.decode(bytes, at + prefix, size));
            } catch (CharacterCodingException e) {
                throw new InvalidValueException(column, size + " bytes", "is no text in the column's character set");
            }
        };
    }

    static Cell bytes(ImageColumn image) {
        int prefix = image.lengthSize();
        return (bytes, at, row) -> {
            int from = at + prefix;
            row.writeBytes(bytes, from, from + (int) EventBytes.littleEndian(bytes, at, prefix));
        };
    }

    /** BINARY(n) comes without the zeros at its end. */
    static Cell padded(ImageColumn image, int length) {
        int prefix = image.lengthSize();
        return (bytes, at, row) -> {
            int from = at + prefix;
            int size = (int) EventBytes.littleEndian(bytes, at, prefix);
            if (size >= length) {
                row.writeBytes(bytes, from, from + size);
            } else {
                byte[] full = Arrays.copyOf(Arrays.copyOfRange(bytes, from, from + size), length);
                row.writeBytes(full, 0, length);
            }
        };
    }

    /** MySQL's binary documents, as the server shows them. */
    static Cell document(ImageColumn image) {
        int prefix = image.lengthSize();
        return (bytes, at, row) -> {
            int from = at + prefix;
            int size = (int) EventBytes.littleEndian(bytes, at, prefix);
            try {
                row.writeString(JsonDocument.text(Arrays.copyOfRange(bytes, from, from + size)));
            } catch (IOException e) {
                throw new UncheckedIOException("a JSON value cannot be read", e);
            }
        };
    }

    /** A member by its number; 0 is the empty text that stands for a value the server refused. */
    static Cell member(ImageColumn image, List<String> members, Column column) {
        int size = image.metadata() & 0xFF;
        return (bytes, at, row) -> {
            int number = (int) EventBytes.littleEndian(bytes, at, size);
            if (number > members.size()) {
                throw new InvalidValueException(column, number, "is not the number of a member");
            }
            row.writeString(number == 0 ? "" : members.get(number - 1));
        };
    }

    /** Members whose bits are set, in the order of the type, with commas. */
    static Cell members(ImageColumn image, List<String> members, Column column) {
        int size = image.metadata() & 0xFF;
        return (bytes, at, row) -> {
            long bits = EventBytes.littleEndian(bytes, at, size);
            if (members.size() < Long.SIZE && bits >>> members.size() != 0) {
                throw new InvalidValueException(column, bits, "has bits that are no members");
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < members.size(); i++) {
                if ((bits >>> i & 1) == 1) {
                    text.append(text.isEmpty() ? "" : ",").append(members.get(i));
                }
            }
            row.writeString(text.toString());
        };
    }
}
