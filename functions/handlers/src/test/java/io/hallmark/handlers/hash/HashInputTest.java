package io.hallmark.handlers.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.Context;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.hash.HashAnswer;
import io.hallmark.core.service.hash.HashCall;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashInputTest {

    private static final String UPLOAD = "ab".repeat(32);

    @Test
    void aTaskNamesItsActionItsUploadAndPerhapsItsBatch() {
        HashInput whole = HashInput.of(Map.of("action", "HashFlat", "uploadId", UPLOAD), null);
        HashInput batch = HashInput.of(Map.of("action", "HashLeaves", "uploadId", UPLOAD, "batch", 7), null);

        assertThat(whole.action()).isEqualTo("HashFlat");
        assertThat(whole.call())
                .isEqualTo(new HashCall(new Sha256(UPLOAD), Optional.empty(), HashInput.BUDGET_OF_NO_CONTEXT));
        assertThat(batch.call().batch()).contains(7);
    }

    @ParameterizedTest
    @CsvSource({"action", "uploadId"})
    void whatIsMissingIsNamed(String missing) {
        Map<String, Object> input = Map.of(missing.equals("action") ? "uploadId" : "action", UPLOAD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HashInput.of(input, null))
                .withMessageContaining("has no " + missing);
    }

    @ParameterizedTest(name = "with {0} s left it reads for {1} s")
    @CsvSource({"900, 780", "801, 780", "800, 780", "799, 779", "60, 40", "21, 1", "20, 0", "19, 0", "0, 0"})
    void aCallReadsForAsLongAsItsFunctionLastsLessTheTimeToStoreWhatItFound(int leftSeconds, int budgetSeconds) {
        HashInput task = HashInput.of(
                Map.of("action", "HashFlat", "uploadId", UPLOAD), lasting(Duration.ofSeconds(leftSeconds)));
        assertThat(task.call().budget()).isEqualTo(Duration.ofSeconds(budgetSeconds));
    }

    @Test
    void theAnswerIsWhatTheMachineChoosesBy() {
        assertThat(HashInput.output(new HashAnswer("LEAVES", "three leaves", List.of(0, 1))))
                .isEqualTo(Map.of("decision", "LEAVES", "reason", "three leaves", "batches", List.of(0, 1)));
    }

    private static Context lasting(Duration left) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getRemainingTimeInMillis")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return (int) left.toMillis();
                });
    }
}
