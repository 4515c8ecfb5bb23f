package io.hallmark.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Root=1-5759e988-bd862e3fe1be46a994272793 | Root=1-5759e988-bd862e3fe1be46a994272793
                    Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1 | Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1
                    Self=1-0-1;Sampled=0; Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=1:a | Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0
                    Root=1-5759e988-bd862e3fe1be46a994272793;Parent=short;Sampled=? | Root=1-5759e988-bd862e3fe1be46a994272793
                    00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01 | Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1
                    00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-00 | Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0
                    """)
    void bothSpellingsBecomeOneHeader(String given, String header) {
        assertThat(Trace.parse(given).map(Trace::header)).contains(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Root=",
                "Root=1-5759e988-bd862e3fe1be46a99427279",
                "Root=1-5759E988-BD862E3FE1BE46A994272793",
                "Root=1-5759e988-bd862e3fe1be46a994272793\r\nX-Other: 1",
                "01-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
                "Parent=53995c3f42cd8ad8"
            })
    void whatIsNoTraceIsNone(String given) {
        assertThat(Trace.parse(given)).isEmpty();
    }

    @Test
    void aHeaderOfAnyLengthIsNotRead() {
        assertThat(Trace.parse("Root=" + ROOT + ";x=" + "y".repeat(2000))).isEmpty();
    }

    @Test
    void theHeaderIsReadBack() {
        Trace trace = new Trace(ROOT, Optional.of("53995c3f42cd8ad8"), Optional.of(true));
        assertThat(Trace.parse(trace.header())).contains(trace);
    }

    @Test
    void theTypeHoldsNothingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trace("1-x-y", Optional.empty(), Optional.empty()))
                .withMessageContaining("root");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trace(ROOT, Optional.of("p"), Optional.empty()))
                .withMessageContaining("segment");
    }
}
