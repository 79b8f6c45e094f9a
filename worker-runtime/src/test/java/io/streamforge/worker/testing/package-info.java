/** Connectors whose every step can be watched and disturbed, and a small installation to run workers in. */
@NullMarked
package io.streamforge.worker.testing;

import org.jspecify.annotations.NullMarked;
