package io.hallmark.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.json.JsonValue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordedModelTest {

    private static final JsonValue HISTOGRAM = JsonValue.parse("{\"counts\":{\"146\":10,\"333\":90}}");

    @Test
    void latenciesAreDrawnAsOftenAsTheyWereMeasured() {
        RecordedModel model = RecordedModel.read(HISTOGRAM, Stream.of("id,label,score"), 0.5);
        Random random = new Random(20261121);

        long slow = IntStream.range(0, 10_000)
                .filter(draw -> model.latency(random) > 0.1)
                .count();

        assertThat(slow).isBetween(8_850L, 9_150L);
    }

    @Test
    void rowsAreReadWithTheirThreshold() {
        RecordedModel model = RecordedModel.read(
                HISTOGRAM, Stream.of("id,label,score,slice", "a,1,0.700000000,x", "b,0,0.699999999,y"), 0.7);

        assertThat(model.saysYes(0)).isTrue();
        assertThat(model.saysYes(1)).isFalse();
        assertThat(model.rows().get(0).label()).isTrue();
    }

    @Test
    void anEmptyHistogramIsAnUnknownModel() {
        assertThat(RecordedModel.read(JsonValue.object(), Stream.of("id"), 0.5).latency(new Random(1)))
                .isEqualTo(1);
    }
}
