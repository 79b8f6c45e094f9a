/**
 * The sink worker for every target that has no worker of its own: {@link io.streamforge.worker.WorkerMain} with the connectors it
 * hosts on its class path. It has no code of its own.
 */
@NullMarked
package io.streamforge.sink.connector;

import org.jspecify.annotations.NullMarked;
