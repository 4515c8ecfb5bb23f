package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9223372036854775807",
                "1E+20",
                "1E-130",
                "4.9E-324",
                "1.7976931348623157E+308",
                "12345678901234567890123456789012345678",
                "0.1000000000000000055511151231257827021181583404541"
            })
    void numbersComeBackExactly(String digits) {
        Json.Obj value = Json.object().with("n", Json.of(new BigDecimal(digits)));

        assertThat(StoredJson.readObject(ExactJson.write(value))).isEqualTo(value);
    }

    @Test
    void whatAnItemMayHoldComesBack() {
        Json deep = Json.array(List.of());
        for (int i = 0; i < 40; i++) {
            deep = Json.array(List.of(deep));
        }
        Json.Obj value = Json.object()
                .with("large", "\u0000".repeat(400 * 1024))
                .with("x".repeat(1000), deep)
                .with("text", "\u202e\"\\\n\ud83d\ude00");

        assertThat(StoredJson.readObject(ExactJson.write(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{}{}", "{} x"})
    void brokenTextIsSaidToBeBroken(String text) {
        assertThatIllegalStateException().isThrownBy(() -> StoredJson.readObject(text));
    }
}
