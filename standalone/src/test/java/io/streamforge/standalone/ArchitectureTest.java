package io.streamforge.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The table of layers of docs/architecture.md, held against the classes. */
@AnalyzeClasses(packages = "io.streamforge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] CONTRACTS = {
        "io.streamforge.messages..", "io.streamforge.record..", "io.streamforge.connector", "io.streamforge.model.."
    };
    private static final String[] WORKERS = {"io.streamforge.worker..", "io.streamforge.operators.."};
    private static final String[] CONNECTORS = {
        "io.streamforge.connector.capture..",
        "io.streamforge.connector.mysql..",
        "io.streamforge.connector.postgresql..",
        "io.streamforge.connector.file..",
        "io.streamforge.connector.jdbc..",
        "io.streamforge.connector.arango..",
        "io.streamforge.loader.api..",
        "io.streamforge.loader.ws..",
        "io.streamforge.graph.."
    };

    @ArchTest
    static final ArchRule contractsKnowNeitherSpringNorKafkaNorDrivers = noClasses()
            .that()
            .resideInAnyPackage(CONTRACTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "org.apache.kafka..", "java.sql..", "com.arangodb..", "org.slf4j..");

    @ArchTest
    static final ArchRule contractsDependOnContractsAlone = noClasses()
            .that()
            .resideInAnyPackage(CONTRACTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.streamforge.worker..", "io.streamforge.queue..", "io.streamforge.operators..");

    @ArchTest
    static final ArchRule telemetryKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.streamforge.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.apache.kafka..",
                    "io.streamforge.messages..",
                    "io.streamforge.record..",
                    "io.streamforge.connector..",
                    "io.streamforge.worker..",
                    "io.streamforge.queue..");

    @ArchTest
    static final ArchRule workersKnowNoConnectorAndNoQueueManager = noClasses()
            .that()
            .resideInAnyPackage(WORKERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.streamforge.queue..",
                    "io.streamforge.standalone..",
                    "io.streamforge.connector.*..",
                    "io.streamforge.loader..",
                    "io.streamforge.graph..");

    @ArchTest
    static final ArchRule springStaysOutOfWorkers = noClasses()
            .that()
            .resideInAnyPackage(WORKERS)
            .and()
            .resideOutsideOfPackage("..boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule connectorsDoNotKnowKafkaOrQueueManager = noClasses()
            .that()
            .resideInAnyPackage(CONNECTORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka.clients..",
                    "org.apache.kafka.streams..",
                    "io.streamforge.queue..",
                    "io.streamforge.standalone..");

    /** capture and jdbc are libraries to mysql and postgresql (docs/adr/0008). */
    @ArchTest
    static final ArchRule connectorsDoNotKnowOneAnother = slices().matching("io.streamforge.connector.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAnyPackage("io.streamforge.connector.mysql..", "io.streamforge.connector.postgresql.."),
                    resideInAnyPackage("io.streamforge.connector.capture..", "io.streamforge.connector.jdbc.."));

    /** loader-api is a library to loader-ws, which fills the gaps of a feed from history. */
    @ArchTest
    static final ArchRule historyDoesNotKnowFeeds = noClasses()
            .that()
            .resideInAPackage("io.streamforge.loader.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.streamforge.loader.ws..");

    @ArchTest
    static final ArchRule queueManagerKnowsConnectorsByTheirContractAlone = noClasses()
            .that()
            .resideInAPackage("io.streamforge.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONNECTORS)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.streamforge.worker..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .resideInAPackage("io.streamforge..")
            .and()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith("org.jspecify.annotations.NullMarked");

    @ArchTest
    static final ArchRule nobodyPrintsButTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.streamforge.standalone..",
                    "io.streamforge.broker..",
                    "io.streamforge.benchmarks..",
                    "io.streamforge.testing..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
