/**
 * A Kafka broker inside this JVM: one node that is <b>broker</b> and controller at once, with its data in a <b>directory</b> that
 * outlives it. It serves laptops, tests and small installations; larger ones bring a Kafka of their own.
 */
@NullMarked
package io.streamforge.broker;

import org.jspecify.annotations.NullMarked;
