package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void fieldsKeepTheirOrderAndNumbersAreExact() {
        Json value = Json.object()
                .with("b", 1000)
                .with("a", Json.of(new BigDecimal("0.10")))
                .with("c", Json.array(List.of(Json.of(true), Json.nothing(), Json.of(9_007_199_254_740_993L))));

        assertThat(JsonText.write(value)).isEqualTo("{\"b\":1000,\"a\":0.1,\"c\":[true,null,9007199254740993]}");
    }

    @Test
    void aHugeExponentStaysShort() {
        assertThat(JsonText.write(Json.of(new BigDecimal("1E+1000000")))).isEqualTo("1E+1000000");
    }

    @Test
    void controlCharactersQuotesAndLoneSurrogatesAreEscaped() {
        assertThat(JsonText.write(Json.of("a\"b\\c\n\u0000\u007f\ud800 \ud83d\ude00 é")))
                .isEqualTo("\"a\\\"b\\\\c\\n\\u0000\\u007f\\ud800 \ud83d\ude00 é\"");
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Json value = Json.object()
                .with("text", "\u0001 tab\t \ud83d\ude00")
                .with("number", Json.of(new BigDecimal("-12.5e-7")))
                .with("nested", Json.array(List.of(Json.object().with("x", false))));

        assertThat(StrictJson.read(JsonText.write(value).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(value);
    }
}
