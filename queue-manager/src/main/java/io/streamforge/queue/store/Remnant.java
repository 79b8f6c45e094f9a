package io.streamforge.queue.store;

import java.util.Map;

/**
 * A deleted workflow of which its source's system may still hold something, such as a replication slot.
 *
 * @param spec its document, with its references
 */
public record Remnant(String workflow, Map<String, Object> spec) {}
