package io.hallmark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Which room may open which door. Lives in the only module that sees all the others. */
@AnalyzeClasses(
        packages = "io.hallmark",
        importOptions = {ImportOption.DoNotIncludeTests.class, HouseRulesTest.NoTestJars.class})
class HouseRulesTest {

    /** Leaves out the contract suites, which travel as a jar that {@code DoNotIncludeTests} does not recognise. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/core/target/test-classes");
        }
    }

    @ArchTest
    static final ArchRule core_rests_on_the_jdk_alone = classes()
            .that()
            .resideInAPackage("io.hallmark.core..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.hallmark.core..",
                    "java..",
                    "org.jspecify.annotations",
                    "org.apache.commons.statistics..",
                    "org.apache.commons.numbers.."));

    @ArchTest
    static final ArchRule client_rests_on_the_jdk_alone = classes()
            .that()
            .resideInAPackage("io.hallmark.client..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.hallmark.client..", "java..", "org.jspecify.annotations"));

    @ArchTest
    static final ArchRule doors = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("json values")
            .definedBy("io.hallmark.core.json..")
            .layer("model")
            .definedBy("io.hallmark.core.model..")
            .layer("failure")
            .definedBy("io.hallmark.core.failure..")
            .layer("identity")
            .definedBy("io.hallmark.core.identity..")
            .layer("version")
            .definedBy("io.hallmark.core.version..")
            .layer("audit")
            .definedBy("io.hallmark.core.audit..")
            .layer("lineage")
            .definedBy("io.hallmark.core.lineage..")
            .layer("scan")
            .definedBy("io.hallmark.core.scan..")
            .layer("gate")
            .definedBy("io.hallmark.core.gate..")
            .layer("canary")
            .definedBy("io.hallmark.core.canary..")
            .layer("promotion")
            .definedBy("io.hallmark.core.promotion..")
            .layer("store")
            .definedBy("io.hallmark.core.store..")
            .layer("service")
            .definedBy("io.hallmark.core.service..")
            .layer("memory")
            .definedBy("io.hallmark.core.memory..")
            .layer("json text")
            .definedBy("io.hallmark.handlers.json..")
            .layer("api")
            .definedBy("io.hallmark.handlers.api..")
            .layer("telemetry")
            .definedBy("io.hallmark.handlers.telemetry..")
            .layer("handlers")
            .definedBy(
                    "io.hallmark.handlers.intake..",
                    "io.hallmark.handlers.promotion..",
                    "io.hallmark.handlers.sweep..",
                    "io.hallmark.handlers.delivery..",
                    "io.hallmark.handlers.hash..",
                    "io.hallmark.handlers.audit..")
            .layer("aws")
            .definedBy("io.hallmark.aws..")
            .layer("wiring")
            .definedBy("io.hallmark.handlers.wiring..")
            .layer("cli")
            .definedBy("io.hallmark.cli..")
            .layer("client")
            .definedBy("io.hallmark.client..")
            .layer("local")
            .definedBy("io.hallmark.local..")
            .whereLayer("json values")
            .mayNotAccessAnyLayer()
            .whereLayer("model")
            .mayNotAccessAnyLayer()
            .whereLayer("failure")
            .mayOnlyAccessLayers("json values")
            .whereLayer("identity")
            .mayOnlyAccessLayers("model", "json values")
            .whereLayer("version")
            .mayOnlyAccessLayers("model", "json values", "identity", "lineage", "failure")
            .whereLayer("audit")
            .mayOnlyAccessLayers("model", "json values", "identity")
            .whereLayer("lineage")
            .mayOnlyAccessLayers("model", "json values", "identity", "failure")
            .whereLayer("scan")
            .mayOnlyAccessLayers("model", "json values", "identity")
            .whereLayer("gate")
            .mayOnlyAccessLayers("model", "json values", "identity", "version", "failure")
            .whereLayer("canary")
            .mayOnlyAccessLayers("model", "json values", "failure", "promotion")
            .whereLayer("promotion")
            .mayOnlyAccessLayers("model", "json values", "identity", "version", "failure")
            .whereLayer("store")
            .mayOnlyAccessLayers("model", "json values", "identity", "version", "failure", "lineage", "audit")
            .whereLayer("memory")
            .mayOnlyAccessLayers("model", "json values", "identity", "failure", "store")
            .whereLayer("service")
            .mayOnlyBeAccessedByLayers("api", "handlers", "wiring", "local")
            .whereLayer("json text")
            .mayOnlyBeAccessedByLayers("api", "handlers", "wiring", "local")
            .whereLayer("telemetry")
            .mayOnlyBeAccessedByLayers("api", "handlers", "wiring", "local")
            .whereLayer("aws")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("client")
            .mayNotAccessAnyLayer()
            .whereLayer("cli")
            .mayOnlyAccessLayers("client")
            .whereLayer("local")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_circles =
            slices().matching("io.hallmark.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_sdk_stays_in_aws_and_wiring = noClasses()
            .that()
            .resideOutsideOfPackages("io.hallmark.aws..", "io.hallmark.handlers.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule jackson_stays_in_json = noClasses()
            .that()
            .resideOutsideOfPackage("io.hallmark.handlers.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "org.yaml..");

    @ArchTest
    static final ArchRule only_wiring_and_the_command_line_read_the_environment = noClasses()
            .that()
            .resideOutsideOfPackage("io.hallmark.handlers.wiring..")
            .and()
            .doNotHaveFullyQualifiedName("io.hallmark.local.Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule time_and_chance_come_in_through_the_constructor = noClasses()
            .that()
            .resideOutsideOfPackages("io.hallmark.handlers.wiring..")
            .and()
            .doNotHaveFullyQualifiedName("io.hallmark.local.Main")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule handlers_are_named_and_housed = classes()
            .that()
            .implement(RequestHandler.class)
            .should()
            .haveSimpleNameEndingWith("Handler")
            .andShould()
            .resideInAPackage("io.hallmark.handlers..");

    @ArchTest
    static final ArchRule models_are_values = classes()
            .that()
            .resideInAPackage("io.hallmark.core.model..")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beRecords()
            .orShould()
            .beEnums()
            .orShould()
            .beInterfaces();

    @ArchTest
    static final ArchRule fields_are_final =
            fields().that().areNotStatic().should().beFinal();
}
