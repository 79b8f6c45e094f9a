/**
 * Metadata in ArangoDB 3.11 or newer, on a single server: there a stream transaction spans collections, in a cluster it is not
 * guaranteed to be atomic. Only tested against a stub of the documented API, and against a real server where there is Docker.
 */
@NullMarked
package io.streamforge.queue.store.arango;

import org.jspecify.annotations.NullMarked;
