package io.hallmark.local.place;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.KeyPairSigner;
import io.hallmark.core.store.Signer;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StoredJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;

/**
 * The key that signs digests on one machine, kept in {@code digest-key.json} of the state folder, which only its owner can
 * read. Whoever can read it can sign: it shows changes by others, and accidents, not a fraud of the owner.
 */
final class DigestKey {

    static final String FILE = "digest-key.json";

    private DigestKey() {}

    /**
     * The key of the folder; a new one if there is none yet.
     *
     * @throws IOException if the file holds no key pair, or the disk refuses
     */
    static Signer of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            write(file, KeyPairSigner.generate());
        }
        return new KeyPairSigner(read(file));
    }

    private static KeyPair read(Path file) throws IOException {
        try {
            Json.Obj json = StoredJson.readObject(Files.readString(file));
            KeyFactory keys = KeyFactory.getInstance("EC");
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(bytes(json.text("publicKey")))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(json.text("privateKey")))));
        } catch (GeneralSecurityException | RuntimeException noKey) {
            throw new IOException(file + " holds no key pair; restore it, as digests signed with it need it", noKey);
        }
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static void write(Path file, KeyPair keys) throws IOException {
        Json.Obj json = Json.object()
                .with(
                        "publicKey",
                        Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()))
                .with(
                        "privateKey",
                        Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        Path next = file.resolveSibling(FILE + ".next");
        Files.deleteIfExists(next);
        try (var channel = Files.newByteChannel(
                next,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Secrets.ownerOnly(next.getFileSystem(), "rw-------"))) {
            channel.write(ByteBuffer.wrap((JsonText.write(json) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
