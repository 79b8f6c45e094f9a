/** Makes runs ready: asks the systems, compiles the workflow, registers its schemas, makes its topics. */
@NullMarked
package io.streamforge.queue.prepare;

import org.jspecify.annotations.NullMarked;
