/**
 * A load by which a replication can be judged. Every transaction has a <em>commit id</em>, which each row it writes carries; a row's
 * checksum is over all its values, so that a row put together from two moments shows.
 */
@NullMarked
package io.streamforge.testing.history;

import org.jspecify.annotations.NullMarked;
