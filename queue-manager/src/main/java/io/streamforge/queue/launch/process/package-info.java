/** Workers as processes of this machine: a JVM per task, which outlives queue-manager. */
@NullMarked
package io.streamforge.queue.launch.process;

import org.jspecify.annotations.NullMarked;
