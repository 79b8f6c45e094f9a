/** Whether Kafka can be reached, written to and read from, asked of the service as any client of the installation would be. */
@NullMarked
package io.streamforge.dummy.kafka;

import org.jspecify.annotations.NullMarked;
