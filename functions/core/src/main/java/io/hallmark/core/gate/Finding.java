package io.hallmark.core.gate;

import java.util.Optional;

/**
 * What a criterion found.
 *
 * @param code where there is more to say than the verdict, such as {@code ZERO_VARIANCE}
 * @param reason the end of a sentence that begins with the numbers
 */
public record Finding(Verdict verdict, Optional<String> code, String reason) {

    static Finding pass(String reason) {
        return new Finding(Verdict.PASS, Optional.empty(), reason);
    }

    static Finding fail(String reason) {
        return new Finding(Verdict.FAIL, Optional.empty(), reason);
    }

    static Finding fail(String code, String reason) {
        return new Finding(Verdict.FAIL, Optional.of(code), reason);
    }

    static Finding inconclusive(String code, String reason) {
        return new Finding(Verdict.INCONCLUSIVE, Optional.of(code), reason);
    }
}
