package io.hallmark.local.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Checksum;

/** A checksum that grows with its bytes. Not for several threads. */
public interface RunningChecksum {

    void update(byte[] buffer, int offset, int length);

    /** The value, big-endian. Ends the run. */
    byte[] value();

    static RunningChecksum of(Checksum cyclic, int bytes) {
        return new RunningChecksum() {
            @Override
            public void update(byte[] buffer, int offset, int length) {
                cyclic.update(buffer, offset, length);
            }

            @Override
            public byte[] value() {
                byte[] wide = ByteBuffer.allocate(Long.BYTES)
                        .putLong(cyclic.getValue())
                        .array();
                return Arrays.copyOfRange(wide, Long.BYTES - bytes, Long.BYTES);
            }
        };
    }

    static RunningChecksum of(MessageDigest digest) {
        return new RunningChecksum() {
            @Override
            public void update(byte[] buffer, int offset, int length) {
                digest.update(buffer, offset, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }
}
