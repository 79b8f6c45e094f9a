package io.streamforge.dummy.market;

/**
 * One minute of a market, drawn from its number since the epoch.
 *
 * @param open to {@code low}: in ticks
 * @param volume in lots
 * @param taker part of the volume bought by takers, in lots
 */
record Minute(long open, long high, long low, long close, long volume, long taker) {

    /** Periods of the waves the price is made of: 4^0 to 4^9 minutes; each amplitude is about twice the one before. */
    private static final int OCTAVES = 10;

    private static final double LARGEST_SWING = 0.25;

    static Minute of(Listing listing, long seed, long minute) {
        return of(listing, seed, minute, price(listing, seed, minute));
    }

    /** As {@link #of(Listing, long, long)}, with the open price known from the minute before. */
    static Minute of(Listing listing, long seed, long minute, long open) {
        long close = price(listing, seed, minute + 1);
        long reach = Math.max(1, open / 1000);
        long high = Math.max(open, close) + Hash.below(reach, seed ^ 1, minute);
        long low = Math.max(1, Math.min(open, close) - Hash.below(reach, seed ^ 2, minute));
        long volume = (long) (listing.volume() * (0.2 + 1.6 * Hash.unit(seed ^ 3, minute)));
        long taker = (long) (volume * (0.3 + 0.4 * Hash.unit(seed ^ 4, minute)));
        return new Minute(open, high, low, close, volume, taker);
    }

    /** Value noise (interpolated between hashes at lattice points), summed over the octaves; only exact operations of doubles. */
    static long price(Listing listing, long seed, long minute) {
        double sum = 0;
        double amplitude = LARGEST_SWING;
        for (int octave = OCTAVES - 1; octave >= 0; octave--) {
            int shift = 2 * octave;
            long cell = minute >> shift;
            double from = Hash.unit(seed + octave, cell) - 0.5;
            double to = Hash.unit(seed + octave, cell + 1) - 0.5;
            double part = (double) (minute - (cell << shift)) / (1L << shift);
            sum += amplitude * (from + (to - from) * part);
            amplitude /= 2;
        }
        return Math.max(1, (long) (listing.price() * (1 + 2 * sum)));
    }
}
