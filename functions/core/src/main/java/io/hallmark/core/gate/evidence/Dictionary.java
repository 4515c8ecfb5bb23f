package io.hallmark.core.gate.evidence;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers distinct byte strings from 0 in the order of their coming. The strings lie one after the other in large blocks,
 * each as length, code and bytes, and are found by a table with open addressing: no object per string. A slot of the table
 * holds the place of a string and its hash, so that strings that differ are told apart without a look at them.
 */
final class Dictionary {

    /** What {@link #add} and {@link #find} answer where there is nothing to answer. */
    static final int NONE = -1;

    private static final int HEADER = Short.BYTES + Integer.BYTES;
    private static final int END = 0xffff;
    private static final int SLOTS_FIRST = 16;
    private static final int PROBES_MAX = 10_000;
    private static final long SEED = 0x9e37_79b9_7f4a_7c15L;
    private static final long MIX = 0xff51_afd7_ed55_8ccdL;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int shift;
    private final List<byte[]> blocks = new ArrayList<>();
    private final long[][] slots = {new long[SLOTS_FIRST]};
    private final int[] size = new int[1];
    /** Where the next string goes. */
    private final int[] free = new int[1];
    /** Where the string after the one last found is. */
    private final int[] expected = new int[1];

    /** Strings in blocks of {@code 2^shift} bytes, of which each holds at least one string. */
    Dictionary(int shift) {
        this.shift = shift;
    }

    int size() {
        return size[0];
    }

    /** Bytes held. */
    long bytes() {
        return ((long) blocks.size() << shift) + (long) Long.BYTES * slots[0].length;
    }

    /** Adds a string; {@link #NONE} if it is there already. */
    int add(byte[] bytes, int from, int to) throws Refusal {
        int hash = hash(bytes, from, to);
        int slot = slot(hash, bytes, from, to);
        if (slots[0][slot] != 0) {
            return NONE;
        }
        int code = size[0]++;
        slots[0][slot] = ((long) hash << Integer.SIZE) | (store(code, bytes, from, to) + 1);
        if (size[0] > slots[0].length / 2) {
            grow();
        }
        return code;
    }

    /** The code of a string, or {@link #NONE}. Fastest where strings are asked for in the order in which they came. */
    int find(byte[] bytes, int from, int to) throws Refusal {
        int guess = first(expected[0]);
        int place = guess < free[0] && holds(guess, bytes, from, to)
                ? guess
                : (int) slots[0][slot(hash(bytes, from, to), bytes, from, to)] - 1;
        if (place < 0) {
            return NONE;
        }
        expected[0] = after(place);
        return code(place);
    }

    /** The code of a string, which is added if it is new. */
    int codeOf(byte[] bytes, int from, int to) throws Refusal {
        int found = find(bytes, from, to);
        return found != NONE ? found : add(bytes, from, to);
    }

    /** All strings, by code. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(size[0]);
        int place = first(0);
        for (int i = 0; i < size[0]; i++) {
            texts.add(text(place));
            place = after(place);
        }
        return texts;
    }

    /** The string of a code; walks there. */
    String textOf(int code) {
        int place = first(0);
        for (int i = 0; i < code; i++) {
            place = after(place);
        }
        return text(place);
    }

    private int store(int code, byte[] bytes, int from, int to) throws Refusal {
        int length = to - from;
        int place = free[0];
        int offset = offset(place);
        if (blocks.isEmpty() || offset == 0 || offset + HEADER + length > 1 << shift) {
            if (!blocks.isEmpty() && offset != 0 && offset + Short.BYTES <= 1 << shift) {
                SHORT.set(block(place), offset, (short) END);
            }
            if (blocks.size() >= Integer.MAX_VALUE >> shift) {
                throw Refusal.limit("the texts of a column have more than 2 GB");
            }
            place = blocks.size() << shift;
            offset = 0;
            blocks.add(new byte[1 << shift]);
        }
        byte[] block = block(place);
        SHORT.set(block, offset, (short) length);
        INT.set(block, offset + Short.BYTES, code);
        System.arraycopy(bytes, from, block, offset + HEADER, length);
        free[0] = place + HEADER + length;
        return place;
    }

    /** The slot where this string is, or could be put. */
    private int slot(int hash, byte[] bytes, int from, int to) throws Refusal {
        long[] table = slots[0];
        int mask = table.length - 1;
        int slot = hash & mask;
        int probes = 0;
        while (table[slot] != 0 && !isAt(table[slot], hash, bytes, from, to)) {
            slot = (slot + 1) & mask;
            if (++probes > PROBES_MAX) {
                throw Refusal.limit("more than " + PROBES_MAX + " texts of a column are made to collide");
            }
        }
        return slot;
    }

    private boolean isAt(long entry, int hash, byte[] bytes, int from, int to) {
        return (int) (entry >>> Integer.SIZE) == hash && holds((int) entry - 1, bytes, from, to);
    }

    private boolean holds(int place, byte[] bytes, int from, int to) {
        byte[] block = block(place);
        int offset = offset(place);
        int begin = offset + HEADER;
        int length = ((short) SHORT.get(block, offset)) & END;
        return length == to - from && Arrays.equals(block, begin, begin + length, bytes, from, to);
    }

    private void grow() {
        long[] table = new long[slots[0].length * 2];
        int mask = table.length - 1;
        for (long entry : slots[0]) {
            int slot = (int) (entry >>> Integer.SIZE) & mask;
            while (entry != 0 && table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry == 0 ? table[slot] : entry;
        }
        slots[0] = table;
    }

    private int after(int place) {
        return first(place + HEADER + length(place));
    }

    /** The string that begins here, or in the next block if this one has no more. */
    private int first(int place) {
        int offset = offset(place);
        if (place >= free[0] || offset == 0) {
            return place;
        }
        boolean ended = offset + Short.BYTES > 1 << shift || length(place) == END;
        return ended ? ((place >> shift) + 1) << shift : place;
    }

    private String text(int place) {
        return new String(block(place), offset(place) + HEADER, length(place), StandardCharsets.UTF_8);
    }

    private int length(int place) {
        return ((short) SHORT.get(block(place), offset(place))) & END;
    }

    private int code(int place) {
        return (int) INT.get(block(place), offset(place) + Short.BYTES);
    }

    private byte[] block(int place) {
        return blocks.get(place >> shift);
    }

    private int offset(int place) {
        return place & ((1 << shift) - 1);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = SEED ^ (to - from);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xffL);
        }
        hash = (hash ^ rest) * MIX;
        hash ^= hash >>> 29;
        hash *= SEED;
        return (int) (hash >>> 32);
    }
}
