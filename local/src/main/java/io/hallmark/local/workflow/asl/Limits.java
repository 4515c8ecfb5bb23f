package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Duration;

/** The quotas of AWS Step Functions, Standard workflows, that an execution can meet. */
public final class Limits {

    /** Of an input, a result or an output, as UTF-8. */
    public static final int PAYLOAD_BYTES_MAX = 256 * 1024;

    public static final int HISTORY_EVENTS_MAX = 25_000;

    /** Executions of one Map Run at the same time. */
    static final int MAP_CONCURRENCY_MAX = 10_000;

    /** The timeout of a task, and of an execution, that names none (99,999,999 s). */
    static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(99_999_999);

    private Limits() {}

    /** The bytes of a value as compact JSON text. */
    public static long bytes(Json value) {
        return value.match(new Json.Cases<Long>() {
            @Override
            public Long object(Json.Obj object) {
                long sum = 1;
                for (var field : object.fields().entrySet()) {
                    sum += 2 + textBytes(field.getKey()) + 1 + bytes(field.getValue()) + 1;
                }
                return Math.max(sum, 2);
            }

            @Override
            public Long array(Json.Arr array) {
                long sum = 1;
                for (Json item : array.items()) {
                    sum += bytes(item) + 1;
                }
                return Math.max(sum, 2);
            }

            @Override
            public Long text(Json.Text text) {
                return 2 + textBytes(text.value());
            }

            @Override
            public Long number(Json.Num number) {
                return (long) number.value().toString().length();
            }

            @Override
            public Long bool(Json.Bool bool) {
                return bool.value() ? 4L : 5L;
            }

            @Override
            public Long nothing(Json.Nothing nothing) {
                return 4L;
            }
        });
    }

    private static long textBytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                bytes += 2;
            } else if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                bytes += 2; // a pair of surrogates is four bytes
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    /** Short enough to be shown in a history: the value itself, or what it is and how long. */
    static Json shown(Json value, int bytesMax) {
        long bytes = bytes(value);
        return bytes <= bytesMax ? value : Json.object().with("truncated", true).with("bytes", bytes);
    }

    static boolean exceeded(Json value) {
        return bytes(value) > PAYLOAD_BYTES_MAX;
    }
}
