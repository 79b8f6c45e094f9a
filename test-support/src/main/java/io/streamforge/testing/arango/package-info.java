/**
 * A stub of ArangoDB's documented HTTP API (3.11 and 3.12), strict and in memory, as far as StreamForge and the official Java
 * driver use it. It proves that requests are what the documentation asks for and that documented answers are understood; it
 * proves nothing about a real server. What it does not know it refuses with error 9 ("not implemented"), and a query it cannot
 * parse with error 1501.
 */
@NullMarked
package io.streamforge.testing.arango;

import org.jspecify.annotations.NullMarked;
