/**
 * What tests of several modules share.
 *
 * <p>A <b>contract suite</b> is an abstract test class that every implementation of an SPI extends and passes. An <b>embedded
 * server</b> is the real program, started once per JVM on a free port and gone when the JVM ends.
 */
@NullMarked
package io.streamforge.testing;

import org.jspecify.annotations.NullMarked;
