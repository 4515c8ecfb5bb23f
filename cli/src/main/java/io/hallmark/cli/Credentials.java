package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the registry is and which token it wants, as {@code hallmark up} leaves it in its state folder. */
record Credentials(String url, String token) {

    static final String FOLDER = ".hallmark";
    static final String FILE = "credentials.json";

    /** The credentials of the nearest state folder, from this folder upwards. */
    static Optional<Credentials> nearest(Path folder) {
        for (Path here = folder.toAbsolutePath(); here != null; here = here.getParent()) {
            Path file = here.resolve(FOLDER).resolve(FILE);
            if (Files.isRegularFile(file)) {
                return read(file);
            }
        }
        return Optional.empty();
    }

    static Optional<Credentials> read(Path file) {
        try {
            JsonValue json = JsonValue.parse(Files.readString(file));
            return json.at("url")
                    .text()
                    .flatMap(url -> json.at("token").text().map(token -> new Credentials(url, token)));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + url + "]";
    }
}
