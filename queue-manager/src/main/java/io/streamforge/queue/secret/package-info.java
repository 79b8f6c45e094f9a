/**
 * Secrets that users wrote in plain text. They are kept in files only their owner can read, and leave them only for the
 * environment of a worker; everything else sees the reference {@code ${secret:name}}.
 */
@NullMarked
package io.streamforge.queue.secret;

import org.jspecify.annotations.NullMarked;
