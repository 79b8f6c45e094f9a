package io.streamforge.model;

import java.util.regex.Pattern;

/** Text that lets a regular expression look at it only so often, so that a hostile pattern cannot keep a thread busy. */
final class BoundedText implements CharSequence {

    private static final int LOOKS = 100_000;

    private final String text;
    private int looks;

    private BoundedText(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when the pattern takes too long to tell */
    static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(new BoundedText(text)).matches();
    }

    @Override
    public char charAt(int index) {
        if (++looks > LOOKS) {
            throw new IllegalArgumentException("the pattern takes too long to match");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
