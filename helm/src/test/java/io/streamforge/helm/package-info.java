/**
 * Tests of what StreamForge is delivered to Kubernetes with: the chart {@code helm/streamforge} and the manifests {@code k8s}. An
 * <i>installation</i> is a set of values, and all objects the chart makes of them.
 */
@NullMarked
package io.streamforge.helm;

import org.jspecify.annotations.NullMarked;
