/**
 * A load generator: an <b>open loop</b>, which begins each piece of work when its time has come, whether or not those before it are
 * done, and measures from that time on. What a loaded system makes wait is seen as latency, and not as fewer requests.
 */
@NullMarked
package io.streamforge.dummy.load;

import org.jspecify.annotations.NullMarked;
