/** The simulated exchange: started by itself as a Spring Boot application, or inside another JVM by {@link SimulatedExchange}. */
@NullMarked
package io.streamforge.dummy;

import org.jspecify.annotations.NullMarked;
