package io.hallmark.handlers.intake;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The payloads and models of {@code events-samples/}. */
public final class Samples {

    public static final Path FOLDER = Path.of("../../events-samples");

    private Samples() {}

    /** A payload as the Lambda runtime hands it to a function that takes a map. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> event(String file) {
        return (Map<String, Object>)
                JacksonFactory.getInstance().getSerializer(Map.class).fromJson(text(file));
    }

    public static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The files of a sample model, the manifest among them. */
    public static List<Path> model(String folder) {
        try (Stream<Path> files = Files.walk(FOLDER.resolve("models").resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
