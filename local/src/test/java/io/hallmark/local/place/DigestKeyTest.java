package io.hallmark.local.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.store.Signer;
import io.hallmark.core.store.SignerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with the key read from its file each time. */
class DigestKeyTest extends SignerContract {

    @TempDir
    private Path folder = Path.of("");

    @Override
    protected Signer signer() {
        try {
            return DigestKey.of(folder);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }

    @Test
    void nobodyElseCanReadTheFile() throws IOException {
        signer();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(DigestKey.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileWithoutAKeyIsRefusedAndNotReplaced() throws IOException {
        Files.writeString(folder.resolve(DigestKey.FILE), "{\"publicKey\":\"AA==\"}");

        assertThatThrownBy(() -> DigestKey.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(DigestKey.FILE + " holds no key pair");
    }
}
