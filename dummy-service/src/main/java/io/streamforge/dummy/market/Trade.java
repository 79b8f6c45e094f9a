package io.streamforge.dummy.market;

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
public record Trade(long id, long price, long quantity, long firstId, long lastId, long time, boolean buyerMaker) {}
