package io.streamforge.queue;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.connector.Catalog;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.Discoverer;
import io.streamforge.model.OperatorCatalog;
import io.streamforge.model.Planner;
import io.streamforge.model.Validator;
import io.streamforge.queue.graph.GraphStores;
import io.streamforge.queue.graph.Graphs;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.EventConsumer;
import io.streamforge.queue.kafka.EventFeed;
import io.streamforge.queue.kafka.KafkaBroker;
import io.streamforge.queue.kubernetes.Cluster;
import io.streamforge.queue.kubernetes.KubernetesProperties;
import io.streamforge.queue.kubernetes.KubernetesSecretStore;
import io.streamforge.queue.kubernetes.LeaseLeadership;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.process.ProcessLauncher;
import io.streamforge.queue.launch.process.ProcessSettings;
import io.streamforge.queue.prepare.CatalogDiscoverer;
import io.streamforge.queue.prepare.CatalogGraphs;
import io.streamforge.queue.prepare.ReplayPreparer;
import io.streamforge.queue.prepare.RunPreparer;
import io.streamforge.queue.prepare.SchemaRegistry;
import io.streamforge.queue.prepare.SourceTraces;
import io.streamforge.queue.reconcile.Admission;
import io.streamforge.queue.reconcile.BrokerWatch;
import io.streamforge.queue.reconcile.ControlLoop;
import io.streamforge.queue.reconcile.Leadership;
import io.streamforge.queue.reconcile.Preparer;
import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.reconcile.RunBook;
import io.streamforge.queue.reconcile.Traces;
import io.streamforge.queue.reconcile.WorkerEnvironments;
import io.streamforge.queue.resource.WorkflowController;
import io.streamforge.queue.run.RunMachine;
import io.streamforge.queue.secret.FileSecretStore;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.StoreProvider;
import io.streamforge.queue.trace.Tracing;
import io.streamforge.queue.workflow.Definitions;
import io.streamforge.queue.workflow.NewRuns;
import io.streamforge.queue.workflow.PlainSecrets;
import io.streamforge.queue.workflow.Replays;
import io.streamforge.queue.workflow.RunCommands;
import io.streamforge.queue.workflow.Workflows;
import io.streamforge.telemetry.SpanExporter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together; everything is made on first use. */
@Configuration(proxyBeanMethods = false)
class QueueManagerConfiguration {

    private static final Duration TRACES_AGAIN = Duration.ofSeconds(15);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    Store store(QueueManagerProperties properties) {
        String configured = properties.store().url();
        String url = configured == null ? "sqlite:" + properties.data().resolve("streamforge.db") : configured;
        return ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.accepts(url))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "streamforge.store.url must begin with sqlite:, postgresql: or arangodb:, got '"
                                + url.replaceAll("//[^@/]*@", "//***@") + "'"))
                .open(url, properties.store().properties());
    }

    @Bean
    @ConditionalOnMissingBean
    Broker broker(QueueManagerProperties properties) {
        return new KafkaBroker(properties.connection());
    }

    @Bean
    @ConditionalOnMissingBean
    EventFeed eventFeed(QueueManagerProperties properties) {
        return new EventConsumer(properties.connection());
    }

    @Bean
    @ConditionalOnMissingBean
    Launcher launcher(
            QueueManagerProperties properties,
            KubernetesProperties kubernetes,
            ObjectProvider<Cluster> cluster,
            Clock clock) {
        return switch (properties.launcher()) {
            case PROCESS -> processLauncher(properties);
            case KUBERNETES -> KubernetesLaunchers.of(properties, kubernetes, cluster.getObject(), clock);
        };
    }

    private static Launcher processLauncher(QueueManagerProperties properties) {
        QueueManagerProperties.WorkerProperties workers = properties.workers();
        return new ProcessLauncher(new ProcessSettings(
                properties.data(),
                Optional.ofNullable(workers.java())
                        .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java")),
                Optional.ofNullable(workers.classPath()).orElseGet(() -> System.getProperty("java.class.path")),
                workers.mainClass(),
                workers.options(),
                workers.heap().toBytes(),
                workers.stopOnExit()));
    }

    @Bean
    SecretStore secretStore(
            QueueManagerProperties properties, KubernetesProperties kubernetes, ObjectProvider<Cluster> cluster) {
        String secret = kubernetes.secrets();
        return secret == null
                ? new FileSecretStore(properties.data().resolve("secrets"))
                : new KubernetesSecretStore(cluster.getObject(), secret);
    }

    @Bean
    @ConditionalOnMissingBean
    Leadership leadership(KubernetesProperties properties, ObjectProvider<Cluster> cluster) {
        String lease = properties.lease();
        return lease == null ? Leadership.ALONE : LeaseLeadership.of(cluster.getObject(), lease);
    }

    @Bean
    WorkerEnvironments workerEnvironments(QueueManagerProperties properties, SecretStore secrets) {
        return new WorkerEnvironments(
                properties.brokerOfWorkers(),
                properties.workers().images(),
                environmentOfWorkers(properties),
                secrets,
                System.getenv());
    }

    private static Map<String, String> environmentOfWorkers(QueueManagerProperties properties) {
        Map<String, String> environment = new HashMap<>(properties.connection().variables());
        URI collector = properties.traces().endpoint();
        if (collector != null) {
            environment.put("STREAMFORGE_TRACES_ENDPOINT", collector.toString());
        }
        environment.putAll(properties.workers().environment());
        return environment;
    }

    @Bean
    @ConditionalOnMissingBean
    Catalog catalog() {
        return Catalog.load();
    }

    @Bean
    @ConditionalOnMissingBean
    ConnectorDescriptors connectorDescriptors() {
        return ConnectorDescriptors.load(QueueManagerConfiguration.class.getClassLoader());
    }

    @Bean
    @ConditionalOnMissingBean
    Discoverer discoverer(Catalog catalog, WorkerEnvironments environments) {
        return new CatalogDiscoverer(catalog, environments.references());
    }

    @Bean
    @ConditionalOnMissingBean
    GraphStores graphStores(Catalog catalog, WorkerEnvironments environments) {
        return new CatalogGraphs(catalog, environments.references());
    }

    @Bean
    Graphs graphs(Store store, GraphStores stores) {
        return new Graphs(store, stores);
    }

    @Bean
    Planner planner(
            ConnectorDescriptors descriptors,
            Catalog catalog,
            Discoverer discoverer,
            QueueManagerProperties properties) {
        boolean sharing = properties.launcher() == QueueManagerProperties.LauncherKind.KUBERNETES;
        return new Planner(descriptors, OperatorCatalog.of(catalog), discoverer, sharing);
    }

    @Bean
    Definitions definitions(ConnectorDescriptors descriptors, Catalog catalog, QueueManagerProperties properties) {
        return new Definitions(
                new PlainSecrets(descriptors::find),
                new Validator(descriptors, OperatorCatalog.of(catalog)),
                properties.templateDefaults());
    }

    @Bean
    SchemaRegistry schemaRegistry(Store store, Broker broker) {
        return new SchemaRegistry(store, broker);
    }

    @Bean
    @ConditionalOnMissingBean
    Preparer preparer(Planner planner, SchemaRegistry schemas, Broker broker, Store store, Clock clock) {
        return new ReplayPreparer(new RunPreparer(planner, schemas, broker), broker, store, clock);
    }

    @Bean
    SourceTraces traces(
            ConnectorDescriptors descriptors,
            Catalog catalog,
            WorkerEnvironments environments,
            SecretStore secrets,
            Store store) {
        return new SourceTraces(
                descriptors, new CatalogDiscoverer(catalog, environments.references()), secrets, store, TRACES_AGAIN);
    }

    @Bean
    RunMachine runMachine(QueueManagerProperties properties) {
        return new RunMachine(properties.times().limits());
    }

    @Bean
    Tracing tracing(QueueManagerProperties properties, Clock clock) {
        URI collector = properties.traces().endpoint();
        SpanExporter exporter = collector == null ? null : new SpanExporter(collector, "queue-manager");
        return new Tracing(exporter, properties.traces().ratio(), clock);
    }

    @Bean
    RunBook runBook(Store store, Tracing tracing) {
        RunBook runs = new RunBook(store);
        runs.onEnd(tracing::ended);
        return runs;
    }

    @Bean
    BrokerWatch brokerWatch(Broker broker, Clock clock) {
        return new BrokerWatch(broker, clock);
    }

    @Bean
    ControlLoop controlLoop(
            QueueManagerProperties properties,
            Store store,
            RunBook runs,
            RunMachine machine,
            Broker broker,
            EventFeed events,
            Launcher launcher,
            WorkerEnvironments environments,
            BrokerWatch watch,
            Preparer preparer,
            Traces traces,
            SchemaRegistry schemas,
            Leadership leadership,
            List<ControlLoop.Duty> duties,
            Clock clock) {
        return ControlLoop.of(
                new ControlLoop.Settings(
                        new Admission(
                                properties.admission().runs(),
                                properties.admission().workers(),
                                properties.admission().starting()),
                        properties.preparation().threads(),
                        properties.preparation().timeout()),
                new ControlLoop.Parts(
                        store,
                        runs,
                        machine,
                        broker,
                        events,
                        launcher,
                        environments,
                        watch,
                        preparer,
                        traces,
                        schemas,
                        leadership,
                        duties),
                clock);
    }

    /** Workflow resources, when they are watched. */
    @Bean
    List<ControlLoop.Duty> duties(
            KubernetesProperties properties,
            ObjectProvider<Cluster> cluster,
            ObjectProvider<Workflows> workflows,
            ObjectProvider<RunCommands> commands,
            ObjectProvider<Reconciler> reconciler,
            RunBook runs,
            Leadership leadership,
            SourceTraces traces,
            Clock clock) {
        return properties.workflows()
                ? List.of(
                        traces,
                        new WorkflowController(
                                cluster.getObject(),
                                () -> new WorkflowController.Parts(
                                        workflows.getObject(),
                                        commands.getObject(),
                                        reconciler.getObject(),
                                        runs,
                                        leadership,
                                        clock)))
                : List.of(traces);
    }

    @Bean
    Reconciler reconciler(ControlLoop loop) {
        return loop.reconciler();
    }

    @Bean
    NewRuns newRuns(ConnectorDescriptors descriptors, Catalog catalog, Clock clock) {
        return new NewRuns(descriptors, OperatorCatalog.of(catalog), clock, new SecureRandom());
    }

    @Bean
    RunCommands runCommands(Store store, RunBook runs, RunMachine machine, Reconciler reconciler, Clock clock) {
        return new RunCommands(store, runs, machine, reconciler, clock);
    }

    @Bean
    Replays replays(
            Store store,
            RunBook runs,
            RunCommands commands,
            NewRuns newRuns,
            Broker broker,
            Reconciler reconciler,
            Clock clock) {
        return new Replays(store, runs, commands, newRuns, broker, reconciler, clock);
    }

    @Bean
    Workflows workflows(
            Store store,
            RunBook runs,
            RunCommands commands,
            Definitions definitions,
            NewRuns newRuns,
            SecretStore secrets,
            Traces traces,
            Broker broker,
            Reconciler reconciler,
            Clock clock) {
        return new Workflows(store, runs, commands, definitions, newRuns, secrets, traces, broker, reconciler, clock);
    }

    /** Series of whatever lives in this process and is known by a bean. It needs nothing that counts by it itself, as the cluster does. */
    @Bean
    PrometheusRegistry prometheusRegistry(ObjectProvider<MultiCollector> collectors) {
        PrometheusRegistry registry = new PrometheusRegistry();
        collectors.forEach(registry::register);
        return registry;
    }

    @Bean
    ControlLoopLifecycle controlLoopLifecycle(ControlLoop loop, PrometheusRegistry registry) {
        registry.register(loop.metrics());
        return new ControlLoopLifecycle(loop);
    }
}
