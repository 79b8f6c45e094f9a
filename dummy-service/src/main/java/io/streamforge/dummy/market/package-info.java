/**
 * A market that never was: every number is a pure function of symbol and time, so that any page can be computed alone and any two
 * servers agree.
 *
 * <p>The smallest drawn unit is the <b>minute</b>. Its {@value io.streamforge.dummy.market.Market#TRADES_PER_MINUTE} <b>trades</b>
 * are derived from it: the first has its open price, the last its close, one its high, one its low, and their quantities add up to
 * its volume. Candles of one second are made of their trades, longer ones of their minutes, so open, high, low, close, volume and
 * trade count agree between all intervals; quote and taker volumes agree from one minute upwards.
 */
@NullMarked
package io.streamforge.dummy.market;

import org.jspecify.annotations.NullMarked;
