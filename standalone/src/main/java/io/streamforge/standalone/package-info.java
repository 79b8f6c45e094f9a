/**
 * The {@code streamforge} command: everything in one JVM on a laptop, and the client of a server elsewhere.
 *
 * <p>A <b>platform</b> is broker, queue-manager and launcher started together; a <b>command</b> either starts one or talks to
 * one through its REST API, which is also all that {@code run} and {@code demo} use.
 */
@NullMarked
package io.streamforge.standalone;

import org.jspecify.annotations.NullMarked;
