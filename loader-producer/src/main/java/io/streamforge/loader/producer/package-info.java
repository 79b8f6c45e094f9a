/**
 * The source worker for files and other bulk data: {@link io.streamforge.worker.WorkerMain} with the connectors and operators it hosts on its class
 * path. It has no code of its own.
 */
@NullMarked
package io.streamforge.loader.producer;

import org.jspecify.annotations.NullMarked;
