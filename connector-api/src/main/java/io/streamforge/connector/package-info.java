/**
 * What a connector implements.
 *
 * <p>A <b>connector</b> is a kind of system, such as {@code file} or {@code postgresql}; it is found by {@link
 * java.util.ServiceLoader} and says in a <b>descriptor</b> what options it takes. A configured connector is a <b>source</b>
 * or a <b>sink</b>; an <b>operator</b> changes rows one by one inside a worker, a <b>stage</b> keeps state over them and is a worker
 * between two topics. Life of a source or sink: configure (no network), check or discover, read or open and write, close.
 */
@NullMarked
package io.streamforge.connector;

import org.jspecify.annotations.NullMarked;
