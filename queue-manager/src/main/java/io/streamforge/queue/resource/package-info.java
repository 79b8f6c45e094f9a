/**
 * Workflows as Kubernetes resources. A <b>resource</b> holds the definition of a workflow in its {@code spec}; the controller
 * brings the stored workflow to it, by the same way as the API does, and writes into the resource's {@code status} what became of it.
 * Whatever happens only hurries the next <b>pass</b> over a resource.
 */
@NullMarked
package io.streamforge.queue.resource;

import org.jspecify.annotations.NullMarked;
