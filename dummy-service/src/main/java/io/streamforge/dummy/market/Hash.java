package io.streamforge.dummy.market;

/** Numbers that look random and are a function of their inputs; the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
final class Hash {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Hash() {}

    static long of(long seed, long value) {
        long z = seed + (value + 1) * GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    static long of(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = of(hash, text.charAt(i));
        }
        return hash;
    }

    /** 0 to {@code bound - 1}. */
    static long below(long bound, long seed, long value) {
        return Math.floorMod(of(seed, value), bound);
    }

    /** 0 (included) to 1 (excluded). */
    static double unit(long seed, long value) {
        return (of(seed, value) >>> 11) * 0x1.0p-53;
    }
}
