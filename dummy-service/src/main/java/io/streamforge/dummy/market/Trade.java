package io.streamforge.dummy.market;

import java.util.ArrayList;
import java.util.List;

/**
 * An aggregate trade.
 *
 * @param id monotone in time without gaps
 * @param price in ticks
 * @param quantity in lots
 * @param firstId first single trade that is aggregated
 * @param lastId last one
 * @param time epoch milliseconds
 * @param buyerMaker the buyer's order was there first
 */
public record Trade(long id, long price, long quantity, long firstId, long lastId, long time, boolean buyerMaker) {

    /** What is aggregated: whole lots for each but the last, which has the rest. */
    public List<SingleTrade> singles() {
        long number = lastId - firstId + 1;
        long share = quantity / number;
        List<SingleTrade> singles = new ArrayList<>();
        for (long i = 0; i < number; i++) {
            long lots = i < number - 1 ? share : quantity - share * (number - 1);
            singles.add(new SingleTrade(firstId + i, price, lots, time, buyerMaker));
        }
        return singles;
    }
}
