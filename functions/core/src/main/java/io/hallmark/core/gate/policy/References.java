package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.GatePolicy.VersionChoice;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import java.time.Duration;
import java.util.regex.Pattern;

/** The texts by which a policy refers to versions, and to spans of time. */
final class References {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,11}");
    private static final Pattern AGE = Pattern.compile(
            "P(?=[0-9T])(?:[0-9]{1,4}D)?(?:T(?=[0-9])(?:[0-9]{1,5}H)?(?:[0-9]{1,5}M)?(?:[0-9]{1,5}S)?)?");

    private References() {}

    /** What a candidate is compared with. */
    static VersionChoice baseline(String text) {
        if (text.equals("stage:production")) {
            return new VersionChoice.InProduction();
        }
        if (text.startsWith("frozen:")) {
            return new VersionChoice.Frozen(new Sha256(text.substring("frozen:".length())));
        }
        if (text.startsWith("alias:")) {
            return new VersionChoice.Alias(new AliasName(text.substring("alias:".length())));
        }
        if (text.startsWith("version:")) {
            return fixed(text);
        }
        throw new IllegalArgumentException(
                "expected stage:production, version:<number or semantic version>, alias:<name> or frozen:<decision>, found "
                        + Words.shown(text));
    }

    /** A version that never changes. */
    static VersionChoice fixed(String text) {
        String version = text.startsWith("version:") ? text.substring("version:".length()) : "";
        if (version.indexOf('.') >= 0) {
            return new VersionChoice.Fixed(SemanticVersion.parse(version).toString());
        }
        if (!NUMBER.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "expected version:<number or semantic version>, found " + Words.shown(text));
        }
        return new VersionChoice.Fixed(version);
    }

    /** A span of days, hours, minutes and seconds. */
    static Duration age(String text) {
        Duration age = AGE.matcher(text).matches() ? Duration.parse(text) : Duration.ZERO;
        if (age.isZero()) {
            throw new IllegalArgumentException(
                    "expected an ISO 8601 duration above 0 such as P14D or PT12H, found " + Words.shown(text));
        }
        return age;
    }
}
