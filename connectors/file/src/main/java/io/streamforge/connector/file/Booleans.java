package io.streamforge.connector.file;

/** Booleans as files have them: true, t, yes, y, 1 and false, f, no, n, 0, in any case. */
final class Booleans {

    private static final String[] TRUE = {"true", "t", "yes", "y", "1"};
    private static final String[] FALSE = {"false", "f", "no", "n", "0"};

    private Booleans() {}

    /** 1 for true, 0 for false, -1 for neither. */
    static int parse(byte[] bytes, int from, int to) {
        if (anyOf(TRUE, bytes, from, to)) {
            return 1;
        }
        return anyOf(FALSE, bytes, from, to) ? 0 : -1;
    }

    private static boolean anyOf(String[] words, byte[] bytes, int from, int to) {
        for (String word : words) {
            if (is(word, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String word, byte[] bytes, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[from + i] | 0x20) != (word.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
