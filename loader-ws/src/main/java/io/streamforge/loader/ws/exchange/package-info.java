/**
 * The live streams of an exchange with Binance's public interface.
 *
 * <p>Each kind of stream has a <b>sequence</b> per symbol: ids of trades, times of candles, ids of changes of the book. A <b>track</b> is
 * one sequence and knows what must come next; what comes later instead shows a <b>gap</b>, which is filled from the exchange's
 * history before anything else of the track is given. A split is a connection with its symbols; its position is the next number of
 * every track.
 */
@NullMarked
package io.streamforge.loader.ws.exchange;

import org.jspecify.annotations.NullMarked;
