/**
 * The whole of it on the Kubernetes cluster of {@code KUBECONFIG}. An <b>installation</b> is the chart in a namespace of its own that
 * enforces the restricted pod security standard; what is <b>outside</b> runs on this machine and is reached by pods at
 * {@code CLUSTER_HOST_IP}.
 */
@NullMarked
package io.streamforge.system;

import org.jspecify.annotations.NullMarked;
