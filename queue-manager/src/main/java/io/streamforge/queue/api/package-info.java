/**
 * The REST API. Handlers are plain blocking methods on a pool of their own; every refusal leaves as {@code
 * application/problem+json}. Views are what callers depend on: they are written by hand and never hold what is not meant to be
 * seen.
 */
@NullMarked
package io.streamforge.queue.api;

import org.jspecify.annotations.NullMarked;
