package io.hallmark.infra.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.hallmark.infra.Template;
import io.hallmark.infra.Template.Resource;
import io.hallmark.infra.permissions.Reach.Program;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every function may do what its code does, and nothing else: the one is read from bytecode, the other from the template. */
class PermissionTest {

    private static final Program HALLMARK = new Program(
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.hallmark.core", "io.hallmark.aws", "io.hallmark.handlers"),
            "io.hallmark");

    private static final Map<String, Set<String>> NEEDS = new ConcurrentHashMap<>();

    @TestFactory
    Stream<DynamicTest> mayDoJustWhatItsCodeDoes() {
        Template template = Template.read();
        return template.functions().stream()
                .map(function -> dynamicTest(
                        function.id(),
                        () -> assertThat(differences(template, function)).isEmpty()));
    }

    @Test
    void aMissingActionIsNoticed() {
        Template spoiled = spoiled(", kms:Sign]", "]");

        assertThat(differences(spoiled, "Digest")).containsExactly("DigestRole lacks kms:Sign on DigestKey");
    }

    @Test
    void anActionTooManyIsNoticed() {
        Template spoiled = spoiled(", kms:Sign]", ", kms:Sign, kms:Decrypt]");

        assertThat(differences(spoiled, "Digest")).containsExactly("DigestRole does not need kms:Decrypt on DigestKey");
    }

    @Test
    void aWiderResourceIsNoticed() {
        Template spoiled = spoiled("\"${RegistryBucket.Arn}/routes/*\"", "\"${RegistryBucket.Arn}/*\"");

        assertThat(differences(spoiled, "Target"))
                .contains(
                        "TargetRole lacks s3:PutObject on RegistryBucket/routes/*",
                        "TargetRole does not need s3:PutObject on RegistryBucket/*");
    }

    @Test
    void aPartitionTooManyIsNoticed() {
        Template spoiled = spoiled("[\"OUTBOX#*\"]", "[\"OUTBOX#*\", \"AUDIT#*\"]");

        assertThat(differences(spoiled, "Deliver"))
                .containsExactly("DeliverRole does not need partition AUDIT#* of Table");
    }

    @Test
    void aRoleForEveryPartitionIsNoticed() {
        Template spoiled = spoiled("""
                                Condition:
                                  "ForAllValues:StringLike":
                                    "dynamodb:LeadingKeys": ["OUTBOX#*"]
                """, "");

        assertThat(differences(spoiled, "Deliver"))
                .containsExactly(
                        "DeliverRole does not need partition * of Table",
                        "DeliverRole lacks partition OUTBOX#* of Table");
    }

    @Test
    void whoDecidesMayNotWriteWhatServes() {
        String write = "s3:PutObject on RegistryBucket/routes/*";

        assertThat(Needs.of(HALLMARK, "io.hallmark.handlers.promotion.TargetHandler"))
                .contains(write);
        assertThat(Needs.of(HALLMARK, "io.hallmark.handlers.promotion.DecideHandler"))
                .doesNotContain(write);
    }

    private static Template spoiled(String from, String to) {
        String whole = Template.text(Template.FILE);
        assertThat(whole).as("the template to be spoiled").contains(from);
        return Template.parse(whole.replace(from, to));
    }

    /** A sentence per permission that is missing or unused. */
    private static Set<String> differences(Template template, String function) {
        return differences(template, template.resource(function));
    }

    private static Set<String> differences(Template template, Resource function) {
        Set<String> needed = new TreeSet<>(
                NEEDS.computeIfAbsent(function.at("Handler").toString(), handler -> Needs.of(HALLMARK, handler)));
        needed.addAll(Grants.surroundings(function));
        Set<String> allowed = Grants.of(template, function.id());
        Set<String> differences = new TreeSet<>();
        needed.stream()
                .filter(need -> !allowed.contains(need))
                .forEach(need -> differences.add(function.id() + "Role lacks " + need));
        allowed.stream()
                .filter(grant -> !needed.contains(grant))
                .forEach(grant -> differences.add(function.id() + "Role does not need " + grant));
        return differences;
    }
}
