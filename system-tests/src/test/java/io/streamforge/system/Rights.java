package io.streamforge.system;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What {@code kubectl auth can-i --list --as=…} shows beyond what everybody may. */
record Rights(Installation installation) {

    SortedSet<String> of(String account) {
        SortedSet<String> rights = new TreeSet<>();
        try (KubernetesClient client = as(account)) {
            client.resource(new SelfSubjectRulesReviewBuilder()
                            .withNewSpec()
                            .withNamespace(installation.namespace())
                            .endSpec()
                            .build())
                    .create()
                    .getStatus()
                    .getResourceRules()
                    .forEach(rule -> rights.addAll(texts(rule)));
        }
        return rights;
    }

    private KubernetesClient as(String account) {
        String accounts = "system:serviceaccounts";
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(installation.client().getConfiguration())
                        .withImpersonateUsername("system:serviceaccount:" + installation.namespace() + ":" + account)
                        .withImpersonateGroups(
                                accounts, accounts + ":" + installation.namespace(), "system:authenticated")
                        .build())
                .build();
    }

    private static List<String> texts(ResourceRule rule) {
        String names = rule.getResourceNames().isEmpty() ? "" : " " + String.join(",", rule.getResourceNames());
        String verbs = String.join(",", new TreeSet<>(rule.getVerbs()));
        return rule.getApiGroups().stream()
                .filter(group -> !group.startsWith("auth"))
                .map(group -> group.isEmpty() ? "core" : group)
                .flatMap(group ->
                        rule.getResources().stream().map(resource -> group + "/" + resource + names + ": " + verbs))
                .toList();
    }
}
