/** Traces: from a request by the run it made, its commands and its workers to the events they report. */
@NullMarked
package io.streamforge.queue.trace;

import org.jspecify.annotations.NullMarked;
