package io.hallmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules over the repository itself: size of files, what a file must say, and what none may. */
class TidyTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MAIN_FILE_LINES_MAX = 300;

    private static final Pattern NOT_OURS =
            Pattern.compile("(?:[^/]+/){0,2}target/|\\.git/|\\.hallmark/|[^/]+/\\.hallmark/");
    private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.])/(?:home|root|Users)/\\w");

    @Test
    void noMainFileHoldsMoreThanOneIdea() {
        assertThat(offenders(javaFiles("/src/main/"), file -> lines(file).size() > MAIN_FILE_LINES_MAX))
                .isEmpty();
    }

    @Test
    void everyMainPackageSaysWhatItIsAndRefusesNull() {
        List<Path> packages =
                javaFiles("/src/main/").stream().map(Path::getParent).distinct().toList();
        assertThat(packages).isNotEmpty();
        assertThat(offenders(packages, folder -> !introduced(folder.resolve("package-info.java"))))
                .isEmpty();
    }

    @Test
    void nothingIsLeftOpen() {
        List<Path> others = javaFiles("/src/").stream()
                .filter(file -> !file.endsWith("TidyTest.java"))
                .toList();
        assertThat(offenders(others, file -> LEFT_OPEN.matcher(text(file)).find()))
                .isEmpty();
    }

    @Test
    void noTextNamesAPlaceOnOneMachine() {
        List<Path> texts = files(path -> path.toString().matches(".*\\.(java|md|json|xml|sh|yaml)"));
        assertThat(offenders(texts, file -> MACHINE_PATH.matcher(text(file)).find()))
                .isEmpty();
    }

    private static boolean introduced(Path packageInfo) {
        return Files.exists(packageInfo)
                && text(packageInfo).contains("@NullMarked")
                && text(packageInfo).startsWith("/**");
    }

    private static List<String> offenders(List<Path> places, Predicate<Path> wrong) {
        return places.stream()
                .filter(wrong)
                .map(place -> ROOT.relativize(place).toString())
                .toList();
    }

    private static String text(Path file) {
        return String.join("\n", lines(file));
    }

    private static List<Path> javaFiles(String below) {
        return files(
                path -> path.toString().endsWith(".java") && path.toString().contains(below));
    }

    private static List<Path> files(Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(Files::isRegularFile)
                    .filter(path ->
                            !NOT_OURS.matcher(ROOT.relativize(path).toString()).lookingAt())
                    .filter(wanted)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
