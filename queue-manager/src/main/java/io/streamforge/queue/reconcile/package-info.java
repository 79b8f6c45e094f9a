/**
 * Makes the world as the runs want it. Whatever happens only hurries the next <b>pass</b> over a run; a pass looks at the run
 * and the world, does what is missing, and would do the same after a crash at any line. A run is changed in one place, {@link
 * io.streamforge.queue.reconcile.RunBook}.
 */
@NullMarked
package io.streamforge.queue.reconcile;

import org.jspecify.annotations.NullMarked;
