/**
 * The market as it happens, behind WebSockets: the streams of Binance's public interface, with its limits, and what goes wrong on
 * request.
 *
 * <p>A <b>session</b> is one client's connection, an <b>event stream</b> what it subscribed to: {@code btcusdt@aggTrade}. Streams tell
 * the same trades and candles as the REST calls, each as soon as the clock has passed it.
 */
@NullMarked
package io.streamforge.dummy.stream;

import org.jspecify.annotations.NullMarked;
