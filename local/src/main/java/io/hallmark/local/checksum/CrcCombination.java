package io.hallmark.local.checksum;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The CRC of two runs of bytes after each other, from the CRC of each: the first is multiplied by x to the number of
 * bits of the second, modulo the polynomial, and added. So a multipart upload has a checksum of the whole without
 * reading it again.
 */
final class CrcCombination {

    private static final long CRC32_POLYNOMIAL = 0xEDB88320L;
    private static final long CRC32C_POLYNOMIAL = 0x82F63B78L;

    private final long polynomial;
    private final long one;

    private CrcCombination(long polynomial, int bits) {
        this.polynomial = polynomial;
        this.one = 1L << (bits - 1);
    }

    /** The value of A followed by B. Only for algorithms that combine. */
    static byte[] combine(ChecksumAlgorithm algorithm, byte[] first, byte[] second, long secondBytes) {
        long polynomial = switch (algorithm) {
            case CRC32 -> CRC32_POLYNOMIAL;
            case CRC32C -> CRC32C_POLYNOMIAL;
            case CRC64NVME -> Crc64Nvme.POLYNOMIAL;
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " does not combine");
        };
        int bits = algorithm.bytes() * Byte.SIZE;
        CrcCombination field = new CrcCombination(polynomial, bits);
        long shifted = field.multiply(number(first), field.power(secondBytes));
        byte[] wide = ByteBuffer.allocate(Long.BYTES)
                .putLong(shifted ^ number(second))
                .array();
        return Arrays.copyOfRange(wide, Long.BYTES - algorithm.bytes(), Long.BYTES);
    }

    private static long number(byte[] value) {
        long number = 0;
        for (byte each : value) {
            number = (number << Byte.SIZE) | (each & 0xFF);
        }
        return number;
    }

    /** x^(8 * bytes), by squaring. Reflected: the highest bit is x^0. */
    private long power(long bytes) {
        long result = one;
        long square = one >>> Byte.SIZE;
        for (long left = bytes; left > 0; left >>>= 1) {
            if ((left & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private long multiply(long left, long right) {
        long product = 0;
        long shifted = right;
        for (long bit = one; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
        }
        return product;
    }
}
