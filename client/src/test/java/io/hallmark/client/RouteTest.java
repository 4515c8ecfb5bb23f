package io.hallmark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.client.json.JsonValue;
import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void aDocumentIsReadWhenItsDigestMatches() {
        Route route = Route.parse(Documents.GOLDEN);

        assertThat(route.revision()).isEqualTo(42);
        assertThat(route.baseline().orElseThrow().version()).isEqualTo("126.0.0");
        assertThat(route.candidateBps()).isEqualTo(500);
        assertThat(route.shadow()).isEmpty();
        assertThat(route.salt()).isEqualTo("p-01");
    }

    @Test
    void aChangedDocumentIsRefused() {
        assertThatThrownBy(() ->
                        Route.parse(Documents.GOLDEN.replace("9500", "9400").replace("500}", "600}")))
                .hasMessage("the route document does not have the digest it claims");
    }

    @Test
    void weightsHaveToAddUp() {
        JsonValue short100 = JsonValue.parse(Documents.GOLDEN)
                .without("digest")
                .with("weightsBps", JsonValue.object().with("126.0.0", 9400).with("127.0.0", 500));

        assertThatThrownBy(() -> Route.parse(Documents.sealed(short100)))
                .hasMessage("the weights add up to 9900, not to 10000");
    }

    @Test
    void unitsAreSplitByTheRule() {
        Route route = Route.parse(Documents.revised(43, 1000));

        assertThat(route.versionFor("ana@example.org").orElseThrow().version()).isEqualTo("127.0.0");
        assertThat(route.versionFor("user-1").orElseThrow().version()).isEqualTo("126.0.0");
    }
}
