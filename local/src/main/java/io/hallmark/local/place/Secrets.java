package io.hallmark.local.place;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StoredJson;
import io.hallmark.local.door.BearerToken;
import io.hallmark.local.sigv4.AccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a caller needs to be let in, kept in {@code credentials.json} of the state folder, which only its owner can read.
 *
 * @param token for the HTTP API, 256 bits
 * @param accessKey for the S3 endpoint
 */
record Secrets(BearerToken token, AccessKey accessKey) {

    static final String FILE = "credentials.json";

    private static final int TOKEN_BYTES = 32;
    private static final int KEY_ID_BYTES = 10;
    private static final int KEY_SECRET_BYTES = 30;

    /** Where the doors are. */
    record Addresses(String api, String s3, String region, String bucket) {}

    /** The secrets of the folder; new ones if there are none yet. */
    static Secrets of(Path folder, RandomGenerator random) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            String id = "HMK"
                    + text(random, KEY_ID_BYTES)
                            .toUpperCase(java.util.Locale.ROOT)
                            .replaceAll("[-_]", "X");
            return new Secrets(
                    new BearerToken(text(random, TOKEN_BYTES)), new AccessKey(id, text(random, KEY_SECRET_BYTES)));
        }
        Json.Obj json = StoredJson.readObject(Files.readString(file));
        Json.Obj s3 = json.object("s3");
        return new Secrets(
                new BearerToken(json.text("token")), new AccessKey(s3.text("accessKeyId"), s3.text("secretAccessKey")));
    }

    /** Writes the file anew, with the addresses that the doors have this time. */
    void write(Path folder, Addresses addresses) throws IOException {
        Json.Obj json = Json.object()
                .with("url", addresses.api())
                .with("token", token.value())
                .with(
                        "s3",
                        Json.object()
                                .with("endpoint", addresses.s3())
                                .with("region", addresses.region())
                                .with("bucket", addresses.bucket())
                                .with("accessKeyId", accessKey.id())
                                .with("secretAccessKey", accessKey.secret()));
        Path next = folder.resolve(FILE + ".next");
        Files.deleteIfExists(next);
        try (var channel = Files.newByteChannel(
                next,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                ownerOnly(next.getFileSystem(), "rw-------"))) {
            channel.write(java.nio.ByteBuffer.wrap((JsonText.write(json) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        Files.move(next, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The attribute for a new file or folder of the owner alone; none where the file system has no such thing. */
    static FileAttribute<?>[] ownerOnly(FileSystem system, String permissions) {
        Set<String> views = system.supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String text(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
