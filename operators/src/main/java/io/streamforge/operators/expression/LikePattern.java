package io.streamforge.operators.expression;

/** SQL's LIKE: {@code %} is any text, {@code _} any character; takes at most pattern times text steps. */
final class LikePattern {

    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    private final int[] pattern;
    private final boolean ignoreCase;

    private LikePattern(int[] pattern, boolean ignoreCase) {
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
    }

    /** @param escape code point that makes the next character literal, or -1 */
    static LikePattern of(String text, int escape, boolean ignoreCase) {
        int[] characters = text.codePoints().toArray();
        int[] pattern = new int[characters.length];
        int length = 0;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == escape && i + 1 < characters.length) {
                pattern[length++] = fold(characters[++i], ignoreCase);
            } else {
                pattern[length++] = c == '%' ? ANY_TEXT : c == '_' ? ANY_CHARACTER : fold(c, ignoreCase);
            }
        }
        return new LikePattern(java.util.Arrays.copyOf(pattern, length), ignoreCase);
    }

    boolean matches(String text) {
        int[] characters = text.codePoints().toArray();
        int at = 0;
        int p = 0;
        int star = -1;
        int starAt = 0;
        while (at < characters.length) {
            if (p < pattern.length && pattern[p] == ANY_TEXT) {
                star = p++;
                starAt = at;
            } else if (p < pattern.length
                    && (pattern[p] == ANY_CHARACTER || pattern[p] == fold(characters[at], ignoreCase))) {
                p++;
                at++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == ANY_TEXT) {
            p++;
        }
        return p == pattern.length;
    }

    private static int fold(int character, boolean ignoreCase) {
        return ignoreCase ? Character.toLowerCase(Character.toUpperCase(character)) : character;
    }
}
