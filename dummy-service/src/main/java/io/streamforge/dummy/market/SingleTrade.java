package io.streamforge.dummy.market;

/**
 * One of the trades that an aggregate trade stands for, at its price and time.
 *
 * @param id monotone in time without gaps
 * @param price in ticks
 * @param quantity in lots
 * @param time epoch milliseconds
 * @param buyerMaker the buyer's order was there first
 */
public record SingleTrade(long id, long price, long quantity, long time, boolean buyerMaker) {}
