package io.streamforge.connector.mysql;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text of the servers' character sets. */
final class TextDecoder {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("greek", "ISO-8859-7"),
            Map.entry("hebrew", "ISO-8859-8"),
            Map.entry("cp1250", "windows-1250"),
            Map.entry("cp1251", "windows-1251"),
            Map.entry("cp1256", "windows-1256"),
            Map.entry("cp1257", "windows-1257"),
            Map.entry("cp850", "IBM850"),
            Map.entry("cp852", "IBM852"),
            Map.entry("cp866", "IBM866"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"),
            Map.entry("tis620", "TIS-620"),
            Map.entry("ujis", "EUC-JP"),
            Map.entry("eucjpms", "x-eucJP-Open"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("euckr", "x-windows-949"),
            Map.entry("gb2312", "GB2312"),
            Map.entry("gbk", "GBK"),
            Map.entry("gb18030", "GB18030"),
            Map.entry("big5", "Big5"),
            Map.entry("ucs2", "UTF-16BE"),
            Map.entry("utf16", "UTF-16BE"),
            Map.entry("utf16le", "UTF-16LE"),
            Map.entry("utf32", "UTF-32BE"),
            Map.entry("macroman", "x-MacRoman"),
            Map.entry("macce", "x-MacCentralEurope"));

    private final @Nullable CharsetDecoder decoder;
    private final boolean latin1;

    private TextDecoder(@Nullable CharsetDecoder decoder, boolean latin1) {
        this.decoder = decoder;
        this.latin1 = latin1;
    }

    /** Empty when Java does not know the character set. */
    static Optional<TextDecoder> of(String charset) {
        if (charset.equals("ascii") || charset.startsWith("utf8")) {
            return Optional.of(new TextDecoder(null, false));
        }
        String name = NAMES.get(charset);
        if (name == null || !Charset.isSupported(name)) {
            return Optional.empty();
        }
        CharsetDecoder decoder = Charset.forName(name)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return Optional.of(new TextDecoder(decoder, charset.equals("latin1")));
    }

    /** True when the bytes are UTF-8 already. */
    boolean utf8() {
        return decoder == null;
    }

    String decode(byte[] bytes, int from, int size) throws CharacterCodingException {
        if (decoder == null) {
            return new String(bytes, from, size, java.nio.charset.StandardCharsets.UTF_8);
        }
        return latin1
                ? latin1(bytes, from, size)
                : decoder.decode(ByteBuffer.wrap(bytes, from, size)).toString();
    }

    /** The servers' latin1 is windows-1252 whose five holes are the control characters of the same number. */
    private String latin1(byte[] bytes, int from, int size) throws CharacterCodingException {
        StringBuilder text = new StringBuilder(size);
        for (int i = from; i < from + size; i++) {
            int code = bytes[i] & 0xFF;
            boolean same = code < 0x80
                    || code >= 0xA0
                    || code == 0x81
                    || code == 0x8D
                    || code == 0x8F
                    || code == 0x90
                    || code == 0x9D;
            text.append(same ? (char) code : windows(bytes, i));
        }
        return text.toString();
    }

    private char windows(byte[] bytes, int at) throws CharacterCodingException {
        return java.util.Objects.requireNonNull(decoder)
                .decode(ByteBuffer.wrap(bytes, at, 1))
                .charAt(0);
    }
}
