/**
 * The port behind which workers are launched. A launcher is <b>told</b>, <b>listed</b>, and told again; it knows nothing of
 * runs. A <b>task</b> is one launched worker, named after run, vertex and attempt.
 */
@NullMarked
package io.streamforge.queue.launch;

import org.jspecify.annotations.NullMarked;
