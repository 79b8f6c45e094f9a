/**
 * A worker that speaks the protocol of the fleet and does none of its work: it begins where its start command lies, reports, obeys, and
 * ends, as any worker would whose input and output are empty. In the place of another worker's image it shows what queue-manager does
 * with such workers, and with those that fail in ways that real ones seldom do.
 */
@NullMarked
package io.streamforge.dummy.worker;

import org.jspecify.annotations.NullMarked;
