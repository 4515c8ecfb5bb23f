package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The quotas of AWS Step Functions, Standard workflows, that an execution can meet. */
public final class Limits {

    /** Of an input, a result or an output, as UTF-8. */
    public static final int PAYLOAD_BYTES_MAX = 256 * 1024;

    public static final int HISTORY_EVENTS_MAX = 25_000;

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
                    sum += text(Json.of(field.getKey())) + 1 + bytes(field.getValue()) + 1;
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
                long escapes = text.value()
                        .chars()
                        .filter(c -> c < ' ' || c == '"' || c == '\\')
                        .count();
                return text.value().getBytes(StandardCharsets.UTF_8).length + escapes + 2;
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

    /** Short enough to be shown in a history: the value itself, or what it is and how long. */
    static Json shown(Json value, int bytesMax) {
        long bytes = bytes(value);
        return bytes <= bytesMax ? value : Json.object().with("truncated", true).with("bytes", bytes);
    }

    static boolean exceeded(Json value) {
        return bytes(value) > PAYLOAD_BYTES_MAX;
    }
}
