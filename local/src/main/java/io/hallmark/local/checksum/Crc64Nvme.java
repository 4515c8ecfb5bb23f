package io.hallmark.local.checksum;

import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME: polynomial 0xAD93D23594C93659, reflected, all ones in and out (NVM Command Set specification 1.0d,
 * section 5.2.1.3.4). Sixteen tables, so that sixteen bytes are folded per step.
 */
final class Crc64Nvme implements Checksum {

    /** The polynomial with its bits reversed. */
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final int STEP = 16;
    private static final int BYTE_VALUES = 256;
    private static final long[][] TABLES = tables();

    private final AtomicLong register = new AtomicLong(-1L);

    private static long[][] tables() {
        long[][] tables = new long[STEP][BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            long crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < STEP; table++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                long crc = tables[table - 1][value];
                tables[table][value] = (crc >>> Byte.SIZE) ^ tables[0][(int) (crc & 0xFF)];
            }
        }
        return tables;
    }

    @Override
    public void update(int value) {
        update(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void update(byte[] buffer, int offset, int length) {
        long crc = register.get();
        int at = offset;
        int end = offset + length;
        while (end - at >= STEP) {
            long low = crc ^ littleEndian(buffer, at);
            long high = littleEndian(buffer, at + Long.BYTES);
            crc = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                crc ^= TABLES[STEP - 1 - i][(int) (low >>> (i * Byte.SIZE)) & 0xFF];
                crc ^= TABLES[Long.BYTES - 1 - i][(int) (high >>> (i * Byte.SIZE)) & 0xFF];
            }
            at += STEP;
        }
        while (at < end) {
            crc = (crc >>> Byte.SIZE) ^ TABLES[0][(int) (crc ^ buffer[at]) & 0xFF];
            at++;
        }
        register.set(crc);
    }

    private static long littleEndian(byte[] buffer, int at) {
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (buffer[at + i] & 0xFF);
        }
        return value;
    }

    @Override
    public long getValue() {
        return ~register.get();
    }

    @Override
    public void reset() {
        register.set(-1L);
    }
}
