/**
 * The market behind HTTP: the calls of Binance's public REST API, paged orders for generic clients, and what makes them fail on request.
 *
 * <p>A <b>call</b> is a request as the server sees it, a <b>reply</b> its answer before it is sent; a <b>fault</b> replaces or spoils
 * replies. Every call is <b>recorded</b>, so that a test can say what a client did.
 */
@NullMarked
package io.streamforge.dummy.exchange;

import org.jspecify.annotations.NullMarked;
