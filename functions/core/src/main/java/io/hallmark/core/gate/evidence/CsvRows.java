package io.hallmark.core.gate.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of a CSV file (RFC 4180) one after the other, as ranges of bytes in one buffer: lines end with LF or CRLF, quoted
 * fields may hold commas, line ends and doubled quotes. Not for use by several threads.
 */
final class CsvRows {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MORE = -1;

    /** Places in {@link #state}: the next byte and the end of what is in the buffer, lines, and the fields of this row. */
    private static final int NEXT = 0;

    private static final int FILLED = 1;
    private static final int ENDED = 2;
    private static final int FIELDS = 3;
    private static final int LINE_ENDS = 4;

    private final InputStream in;
    private final PredictionLimits limits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final int[] state = new int[LINE_ENDS + 1];
    private final long[] line = {0, 1};
    private final long[] bytes = new long[1];
    private final int[] from;
    private final int[] to;
    private final boolean[] doubled;

    CsvRows(InputStream in, PredictionLimits limits) {
        this.in = in;
        this.limits = limits;
        this.from = new int[limits.columnsMax()];
        this.to = new int[limits.columnsMax()];
        this.doubled = new boolean[limits.columnsMax()];
    }

    /** Goes to the next row; false at the end of the file. What the row before said is gone. */
    boolean next() throws IOException {
        line[0] = line[1];
        while (true) {
            if (state[NEXT] == state[FILLED] && state[ENDED] == 1) {
                return false;
            }
            state[FIELDS] = 0;
            state[LINE_ENDS] = 0;
            int end = state[NEXT] == state[FILLED] ? MORE : row(state[NEXT], state[FILLED], state[ENDED] == 1);
            if (end != MORE) {
                state[NEXT] = end;
                line[1] += state[LINE_ENDS];
                undouble();
                return true;
            }
            fill();
        }
    }

    /** The line on which this row begins, from 1. */
    long line() {
        return line[0];
    }

    int fields() {
        return state[FIELDS];
    }

    byte[] buffer() {
        return buffer;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    String text(int field) throws Refusal {
        requireUtf8(field);
        return new String(buffer, from[field], to[field] - from[field], StandardCharsets.UTF_8);
    }

    void requireUtf8(int field) throws Refusal {
        for (int i = from[field]; i < to[field]; i++) {
            if (buffer[i] < 0) {
                decode(field);
                return;
            }
        }
    }

    private void decode(int field) throws Refusal {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from[field], to[field] - from[field]));
        } catch (CharacterCodingException other) {
            throw Refusal.format(line(), "field " + (field + 1) + " is not UTF-8");
        }
    }

    /** Where the row that begins here ends, or {@link #MORE} if that cannot be seen yet. */
    private int row(int begin, int filled, boolean last) throws Refusal {
        int at = begin;
        while (true) {
            int field = state[FIELDS]++;
            if (field == limits.columnsMax()) {
                throw Refusal.limit("line " + line() + " has more than " + limits.columnsMax() + " fields");
            }
            at = at < filled && buffer[at] == '"' ? quoted(field, at + 1, filled, last) : plain(field, at, filled);
            if (at == MORE || (at == filled && !last)) {
                return MORE;
            }
            if (to[field] - from[field] > limits.fieldBytesMax()) {
                throw Refusal.limit("line " + line() + ": a field has more than " + limits.fieldBytesMax() + " bytes");
            }
            if (at == filled) {
                return at;
            }
            if (buffer[at] != ',') {
                return lineEnd(at, filled, last);
            }
            at++;
        }
    }

    private int plain(int field, int begin, int filled) {
        int at = begin;
        while (at < filled) {
            byte octet = buffer[at];
            if (octet <= ',' && octet >= 0 && (octet == ',' || octet == '\n' || octet == '\r' || octet == '"')) {
                break;
            }
            at++;
        }
        from[field] = begin;
        to[field] = at;
        doubled[field] = false;
        return at;
    }

    private int quoted(int field, int begin, int filled, boolean last) throws Refusal {
        doubled[field] = false;
        int at = begin;
        while (at < filled) {
            if (buffer[at] == '"') {
                if (at + 1 < filled && buffer[at + 1] == '"') {
                    doubled[field] = true;
                    at++;
                } else if (at + 1 < filled || last) {
                    from[field] = begin;
                    to[field] = at;
                    return at + 1;
                } else {
                    return MORE;
                }
            } else if (buffer[at] == '\n') {
                state[LINE_ENDS]++;
            }
            at++;
        }
        if (last) {
            throw Refusal.format(line(), "a quoted field is not closed");
        }
        return MORE;
    }

    private int lineEnd(int at, int filled, boolean last) throws Refusal {
        state[LINE_ENDS]++;
        if (buffer[at] == '\n') {
            return at + 1;
        }
        if (buffer[at] == '\r' && at + 1 < filled && buffer[at + 1] == '\n') {
            return at + 2;
        }
        if (buffer[at] == '\r' && at + 1 == filled && !last) {
            return MORE;
        }
        String what = buffer[at] == '\r'
                ? "a carriage return without a line feed"
                : "a quote inside a field, or text after a closing quote";
        throw Refusal.format(line(), what);
    }

    /** Makes each doubled quote one, in place. */
    private void undouble() {
        for (int field = 0; field < state[FIELDS]; field++) {
            if (doubled[field]) {
                int write = from[field];
                for (int read = from[field]; read < to[field]; read++) {
                    buffer[write++] = buffer[read];
                    read += buffer[read] == '"' ? 1 : 0;
                }
                to[field] = write;
            }
        }
    }

    private void fill() throws IOException {
        int kept = state[FILLED] - state[NEXT];
        if (kept == buffer.length) {
            throw Refusal.limit("line " + line() + " has more than " + buffer.length + " bytes");
        }
        System.arraycopy(buffer, state[NEXT], buffer, 0, kept);
        int count = in.read(buffer, kept, buffer.length - kept);
        state[NEXT] = 0;
        state[FILLED] = kept + Math.max(0, count);
        state[ENDED] = count < 0 ? 1 : 0;
        bytes[0] += Math.max(0, count);
        if (bytes[0] > limits.bytesMax()) {
            throw Refusal.limit("the file has more than " + limits.bytesMax() + " bytes unpacked");
        }
    }

    /** Whether the bytes of a field are these. */
    boolean is(int field, byte[] text) {
        return Arrays.equals(buffer, from[field], to[field], text, 0, text.length);
    }
}
