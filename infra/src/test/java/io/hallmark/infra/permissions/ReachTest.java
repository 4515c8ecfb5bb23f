package io.hallmark.infra.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hallmark.infra.permissions.Reach.Program;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The analysis sees what can run, and not what cannot, in handlers planted for it. */
class ReachTest {

    private static final Program PLANTED =
            new Program(new ClassFileImporter().importClasses(allOf(Planted.class)), "io.hallmark.infra.permissions");

    private static Class<?>[] allOf(Class<?> outer) {
        return Stream.concat(Stream.of(outer), Stream.of(outer.getDeclaredClasses()))
                .toArray(Class<?>[]::new);
    }

    @Test
    void onlyImplementationsThatAreMadeAreCalled() {
        assertThat(deeds("OneOfTwo")).containsExactly("read");
    }

    @Test
    void aClassThatIsMadeAfterTheCallIsCalledToo() {
        assertThat(deeds("MadeLate")).containsExactly("read", "write");
    }

    @Test
    void whatALambdaDoesCountsWhereItIsMade() {
        assertThat(deeds("BehindALambda")).containsExactly("delete");
    }

    @Test
    void whatAMethodReferenceNamesCounts() {
        assertThat(deeds("BehindAReference")).containsExactly("delete");
    }

    @Test
    void staticInitialisersRun() {
        assertThat(deeds("OnlyWhenLoaded")).containsExactly("list");
    }

    @Test
    void anObjectGivenToTheJdkIsCalledBack() {
        assertThat(deeds("CalledBack")).containsExactly("write");
    }

    @Test
    void aGenericMethodIsFoundThroughItsBridge() {
        assertThat(deeds("Generic")).containsExactly("read");
    }

    @Test
    void inheritedAndDefaultMethodsAreFound() {
        assertThat(deeds("Inherited")).containsExactly("list", "write");
    }

    @Test
    void whatIsKnownNeverToHappenIsLeftOut() {
        Reach reach = Reach.of(
                PLANTED,
                List.of(root("MadeLate")),
                access -> access.getTargetOwner().isEquivalentTo(Planted.Writing.class));

        assertThat(reach.names("io.hallmark")).doesNotContain("Planted.Writing.act");
    }

    @Test
    void theWayToADeedIsTold() {
        Reach reach = Reach.of(PLANTED, List.of(root("MadeLate")), access -> false);

        assertThat(reach.way("Planted.Deeds.write"))
                .containsExactly(
                        "Planted.MadeLate.handleRequest",
                        "Planted.MadeLate.act",
                        "Planted.Writing.act",
                        "Planted.Deeds.write");
    }

    private static Set<String> deeds(String handler) {
        Reach reach = Reach.of(PLANTED, List.of(root(handler)), access -> false);
        return reach.names("io.hallmark").stream()
                .filter(name -> name.startsWith("Planted.Deeds.") && !name.contains("<"))
                .map(name -> name.substring("Planted.Deeds.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JavaMethod root(String handler) {
        return Reach.method(PLANTED.classes().get(Planted.class.getName() + "$" + handler), "handleRequest");
    }
}
