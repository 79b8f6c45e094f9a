/**
 * Sources behind HTTP: the history of an exchange and any JSON API that is paged.
 *
 * <p>Both read <b>pages</b>, one call after another per split, and make one batch of each page. What they share lies in {@code http}.
 */
@NullMarked
package io.streamforge.loader.api;

import org.jspecify.annotations.NullMarked;
