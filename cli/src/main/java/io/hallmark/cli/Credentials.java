package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where the registry is and what it wants, as {@code hallmark up} leaves it in its state folder and {@code hallmark
 * configure} in any.
 *
 * @param token of a registry on this machine
 * @param iam for whose account requests are signed, where that is wanted
 */
record Credentials(String url, Optional<String> token, Optional<Cloud.Account> iam) {

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
            Optional<Cloud.Account> iam = json.at("auth").textOr("").equals("iam")
                    ? Optional.of(new Cloud.Account(
                            json.at("region").text(), json.at("profile").text()))
                    : Optional.empty();
            return json.at("url")
                    .text()
                    .map(url -> new Credentials(url, json.at("token").text(), iam));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    /** Writes the file as a whole, for its owner only. */
    static void write(Path folder, String text) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, ownerOnly(folder.getFileSystem(), "rwx------"));
        }
        Path fresh =
                Files.createTempFile(folder, "credentials", ".new", ownerOnly(folder.getFileSystem(), "rw-------"));
        Files.writeString(fresh, text + "\n");
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(FileSystem system, String permissions) {
        return system.supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "Credentials[" + url + "]";
    }
}
