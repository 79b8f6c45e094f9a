package io.streamforge.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Needs a cluster with the project's images, and the address at which its pods reach this machine. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "there is no cluster: KUBECONFIG is not set")
@EnabledIfEnvironmentVariable(
        named = "CLUSTER_HOST_IP",
        matches = ".+",
        disabledReason = "CLUSTER_HOST_IP does not say where pods reach this machine")
@interface OnCluster {}
