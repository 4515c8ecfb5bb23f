package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.Actor;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private static ApiRequest asking(Map<String, String> query) {
        return new ApiRequest(
                "r-1", "GET", "/v1/models", query, Map.of(), new ApiRequest.Body(new byte[0]), new Actor("a"));
    }

    @Test
    void withoutAWordItIsTheFirstFifty() {
        assertThat(Paging.of(asking(Map.of()))).isEqualTo(new Paging(50, Optional.empty()));
    }

    @Test
    void limitAndPageAreTakenAsGiven() {
        assertThat(Paging.of(asking(Map.of("limit", "100", "page", "abc"))))
                .isEqualTo(new Paging(100, Optional.of("abc")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "abc", "", "1.5", "٣", "99999999999999999999"})
    void aLimitOutsideOneToHundredIsMalformed(String limit) {
        assertThatThrownBy(() -> Paging.of(asking(Map.of("limit", limit))))
                .isInstanceOf(RegistryFailure.Malformed.class)
                .hasMessage("limit has to be a number from 1 to 100");
    }

    @Test
    void anOverlongPageTokenIsMalformed() {
        assertThatThrownBy(() -> Paging.of(asking(Map.of("page", "x".repeat(4097)))))
                .isInstanceOf(RegistryFailure.Malformed.class);
    }
}
