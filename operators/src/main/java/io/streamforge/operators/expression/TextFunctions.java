package io.streamforge.operators.expression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Functions of texts; positions and lengths count characters (code points), from 1. */
final class TextFunctions {

    private static final int LONGEST_RESULT = 16 << 20;

    private TextFunctions() {}

    static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** As in SQL: what lies before the first character counts, so that {@code SUBSTRING('abc', 0, 2)} is 'a'. */
    static Object substring(Object[] arguments) {
        String text = (String) arguments[0];
        long from = (Long) arguments[1];
        long end = Long.MAX_VALUE;
        if (arguments.length > 2) {
            long length = (Long) arguments[2];
            if (length < 0) {
                throw EvaluationException.argument("SUBSTRING: the length " + length + " is negative");
            }
            end = from > Long.MAX_VALUE - length ? Long.MAX_VALUE : from + length;
        }
        return slice(text, Math.max(0, from - 1), Math.max(0, end - 1));
    }

    /** A negative count means all but so many, as in PostgreSQL. */
    static String left(String text, long count) {
        return slice(text, 0, count >= 0 ? count : Math.max(0, length(text) + count));
    }

    static String right(String text, long count) {
        long length = length(text);
        return slice(
                text, count >= 0 ? Math.max(0, length - count) : Math.min(length, -Math.max(count, -length)), length);
    }

    private static String slice(String text, long from, long to) {
        long length = length(text);
        int first = (int) Math.min(from, length);
        int last = (int) Math.min(Math.max(to, first), length);
        int start = text.offsetByCodePoints(0, first);
        return text.substring(start, text.offsetByCodePoints(start, last - first));
    }

    static Object replace(Object[] arguments) {
        String text = (String) arguments[0];
        String search = (String) arguments[1];
        String by = (String) arguments[2];
        if (search.isEmpty()) {
            return text;
        }
        long most = (long) text.length() / search.length() * by.length() + text.length();
        String result = most <= LONGEST_RESULT ? text.replace(search, by) : null;
        if (result == null) {
            throw EvaluationException.overflow("REPLACE: the text becomes too long");
        }
        return result;
    }

    static Object splitPart(Object[] arguments) {
        String text = (String) arguments[0];
        String separator = (String) arguments[1];
        long wanted = (Long) arguments[2];
        if (separator.isEmpty() || wanted < 1) {
            throw EvaluationException.argument("SPLIT_PART takes a separator and a part from 1");
        }
        int from = 0;
        for (long part = 1; part < wanted; part++) {
            int next = text.indexOf(separator, from);
            if (next < 0) {
                return "";
            }
            from = next + separator.length();
        }
        int end = text.indexOf(separator, from);
        return end < 0 ? text.substring(from) : text.substring(from, end);
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
