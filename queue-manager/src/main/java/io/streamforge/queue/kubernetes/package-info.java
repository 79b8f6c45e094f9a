/**
 * The Kubernetes cluster queue-manager works with. A <b>lease</b> is the object replicas agree by on who leads; a <b>request</b>
 * is a call to the cluster's API server.
 */
@NullMarked
package io.streamforge.queue.kubernetes;

import org.jspecify.annotations.NullMarked;
