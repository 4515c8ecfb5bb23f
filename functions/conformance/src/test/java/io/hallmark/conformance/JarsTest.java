package io.hallmark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the function jars hold, and what they must not: each class costs a start something, and Lambda has limits. */
class JarsTest {

    private static final long BYTES_MAX = 25L << 20;
    private static final List<String> NOT_FOR_FUNCTIONS =
            List.of("org/apache/http/", "org/apache/hc/", "io/netty/", "org/apache/logging/", "org/junit/");
    private static final String SERVICES = "software/amazon/awssdk/services/";

    private static Set<String> entries(String group) throws IOException {
        try (JarFile jar = new JarFile(FunctionProcess.jar(group).toFile())) {
            return jar.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "hash", "promotion", "upkeep", "api"})
    void noJarCarriesAClientOrAFrameworkThatNoFunctionUses(String group) throws IOException {
        assertThat(entries(group))
                .noneMatch(entry -> NOT_FOR_FUNCTIONS.stream().anyMatch(entry::startsWith))
                .noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|RSA|DSA)"))
                .doesNotContain("module-info.class");
    }

    /** Only scheduled events bring their date library, and nobody waits for those. */
    @ParameterizedTest
    @ValueSource(strings = {"intake", "hash", "promotion", "api"})
    void noJarThatSomebodyWaitsForCarriesADateLibrary(String group) throws IOException {
        assertThat(entries(group)).noneMatch(entry -> entry.startsWith("org/joda/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "intake    | dynamodb s3",
                "hash      | dynamodb s3",
                "promotion | dynamodb s3 sfn",
                "upkeep    | dynamodb eventbridge kms s3 sfn",
            })
    void aJarHasTheServicesThatItsFunctionsCall(String group, String services) throws IOException {
        Set<String> found = entries(group).stream()
                .filter(entry -> entry.startsWith(SERVICES) && entry.endsWith("Client.class"))
                .map(entry -> entry.substring(SERVICES.length()).split("/", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(String.join(" ", found)).isEqualTo(services);
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "hash", "promotion", "upkeep", "api"})
    void aJarIsSmallEnoughToBeLoadedQuickly(String group) throws IOException {
        Path jar = FunctionProcess.jar(group);
        assertThat(Files.size(jar)).isLessThan(BYTES_MAX);
    }

    /** A second build of the same sources has the same bytes: no class of ours says when it was made. */
    @ParameterizedTest
    @ValueSource(strings = {"intake", "hash", "promotion", "upkeep", "api"})
    void noClassOfOursSaysWhenItWasBuilt(String group) throws IOException {
        try (JarFile jar = new JarFile(FunctionProcess.jar(group).toFile())) {
            assertThat(jar.stream()
                            .filter(entry -> entry.getName().startsWith("io/hallmark/"))
                            .map(entry -> entry.getTimeLocal())
                            .distinct())
                    .hasSize(1);
        }
    }
}
