/**
 * Workers as pods. A <b>workload</b> is what stands for a task in the cluster: a Job for a worker that ends by itself, a
 * Deployment for one that does not. A <b>dependent</b> is an object that goes with its workload: the Secret with the task's secrets,
 * the ScaledObject by which KEDA scales consumers.
 */
@NullMarked
package io.streamforge.queue.launch.kubernetes;

import org.jspecify.annotations.NullMarked;
