package io.hallmark.core.gate.evidence;

/**
 * How large a predictions file may be.
 *
 * @param bytesMax unpacked
 * @param rowsMax without the header
 * @param columnsMax of any kind
 * @param valuesMax distinct values of all slice and group columns together
 * @param fieldBytesMax of one field
 * @param memoryBytesMax held for the rows of all files of a join
 */
public record PredictionLimits(
        long bytesMax, int rowsMax, int columnsMax, int valuesMax, int fieldBytesMax, long memoryBytesMax) {

    /** Four gigabytes unpacked, held in one and a half. */
    public static final PredictionLimits DEFAULT =
            new PredictionLimits(4_000_000_000L, Integer.MAX_VALUE - 8, 1000, 10_000, 4096, 1_500_000_000L);

    private static final int FIELD_BYTES_MOST = 8000;

    public PredictionLimits {
        if (fieldBytesMax < 1 || fieldBytesMax > FIELD_BYTES_MOST) {
            throw new IllegalArgumentException("fields of " + fieldBytesMax + " bytes; 1 to " + FIELD_BYTES_MOST);
        }
    }

    /** The default, with no more than three quarters of a heap held. */
    public static PredictionLimits within(long heapBytes) {
        return new PredictionLimits(
                DEFAULT.bytesMax(),
                DEFAULT.rowsMax(),
                DEFAULT.columnsMax(),
                DEFAULT.valuesMax(),
                DEFAULT.fieldBytesMax(),
                heapBytes / 4 * 3);
    }
}
