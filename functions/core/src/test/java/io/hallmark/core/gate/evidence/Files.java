package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.evidence.Examples.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Predictions files for tests. */
final class Files {

    static final String HEADER = "id,label,score\n";

    private Files() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static Join.Source source(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    static Join.Result alone(String text) {
        return join(bytes(text), Map.of(), PredictionLimits.DEFAULT);
    }

    static Join.Result with(String candidate, String baseline) {
        return join(bytes(candidate), Map.of(Side.BASELINE, source(bytes(baseline))), PredictionLimits.DEFAULT);
    }

    static Join.Result join(byte[] candidate, Map<Side, Join.Source> others, PredictionLimits limits) {
        try {
            return Join.of(source(candidate), others, limits);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Examples examples(Join.Result result) {
        if (result instanceof Join.Joined joined) {
            return joined.examples();
        }
        throw new AssertionError(result.toString());
    }

    static Examples.Column column(Examples examples, String name) {
        return Optional.ofNullable(examples.columns().get(name)).orElseThrow();
    }

    static String reason(Join.Result result) {
        if (result instanceof Join.Refused refused) {
            return refused.reason();
        }
        throw new AssertionError("was not refused");
    }
}
