/**
 * History of an exchange with Binance's public REST interface: candles, paged by time, and aggregate trades, paged by id.
 *
 * <p>A split is a symbol. Its position is the open time of the next candle ({@code next_time}, epoch milliseconds) or the id of the
 * next trade ({@code next_id}).
 */
@NullMarked
package io.streamforge.loader.api.exchange;

import org.jspecify.annotations.NullMarked;
