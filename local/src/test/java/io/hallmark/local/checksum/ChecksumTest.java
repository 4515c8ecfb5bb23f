package io.hallmark.local.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {

    private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

    /** The "check" column of the CRC catalogue, and FIPS 180-4 by the JDK's own digests. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void nineDigitsHaveThePublishedChecksum(ChecksumAlgorithm algorithm, String hex) {
        assertThat(HexFormat.of().formatHex(of(algorithm, DIGITS))).isEqualTo(hex);
        assertThat(algorithm.bytes()).isEqualTo(hex.length() / 2);
    }

    @Test
    void foldingSixteenBytesIsTheSameAsOneByOne() {
        byte[] bytes = new byte[1000];
        new Random(7).nextBytes(bytes);
        for (int length = 0; length < 100; length++) {
            Crc64Nvme folded = new Crc64Nvme();
            folded.update(bytes, 3, length);
            Crc64Nvme single = new Crc64Nvme();
            for (int i = 0; i < length; i++) {
                single.update(bytes[3 + i]);
            }
            assertThat(folded.getValue()).as("%d bytes", length).isEqualTo(single.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32C", "CRC64NVME"})
    void theChecksumsOfPartsCombineToThatOfTheWhole(ChecksumAlgorithm algorithm) {
        byte[] whole = new byte[100_003];
        new Random(11).nextBytes(whole);
        List<Checksum.Part> parts = new ArrayList<>();
        for (int from = 0; from < whole.length; from += 9_999) {
            byte[] part = java.util.Arrays.copyOfRange(whole, from, Math.min(whole.length, from + 9_999));
            parts.add(new Checksum.Part(Checksum.full(algorithm, of(algorithm, part)), part.length));
        }
        assertThat(Checksum.ofParts(algorithm, Checksum.Type.FULL_OBJECT, parts))
                .isEqualTo(Checksum.full(algorithm, of(algorithm, whole)));
    }

    @Test
    void aCompositeChecksumIsThatOfThePartsValuesAndCountsThem() {
        Checksum part = Checksum.full(ChecksumAlgorithm.SHA256, of(ChecksumAlgorithm.SHA256, DIGITS));
        Checksum composite = Checksum.ofParts(
                ChecksumAlgorithm.SHA256,
                Checksum.Type.COMPOSITE,
                List.of(new Checksum.Part(part, 9), new Checksum.Part(part, 9)));
        // printf 123456789 | openssl sha256 -binary, twice, | openssl sha256 -binary | base64
        assertThat(composite.value()).isEqualTo("7BUeeAOE+48vhYy0Cw7HXBFHFesoFphl4nDVSo8wSho=-2");
        assertThat(Checksum.read(composite.line())).contains(composite);
        assertThat(Checksum.read("")).isEmpty();
    }

    @Test
    void digestsOfPartsDoNotCombine() {
        Checksum part = Checksum.full(ChecksumAlgorithm.SHA1, of(ChecksumAlgorithm.SHA1, DIGITS));
        assertThatThrownBy(() -> Checksum.ofParts(
                        ChecksumAlgorithm.SHA1, Checksum.Type.FULL_OBJECT, List.of(new Checksum.Part(part, 9))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ChecksumAlgorithm.SHA1.combines()).isFalse();
    }

    @Test
    void aValueMustHaveTheBytesOfItsAlgorithm() {
        assertThat(Checksum.wellFormed(ChecksumAlgorithm.CRC32, "y/Q5Jg==")).isTrue();
        assertThat(Checksum.wellFormed(ChecksumAlgorithm.SHA1, "y/Q5Jg==")).isFalse();
        assertThat(Checksum.wellFormed(ChecksumAlgorithm.CRC32, "%%%")).isFalse();
    }

    private static byte[] of(ChecksumAlgorithm algorithm, byte[] bytes) {
        RunningChecksum running = algorithm.start();
        running.update(bytes, 0, bytes.length);
        return running.value();
    }
}
