package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Decisions of the gates, as a person names them. */
final class Decisions {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PROMOTION_ID = Pattern.compile("[a-z2-7]{26}");

    private Decisions() {}

    static boolean isPromotion(String text) {
        return PROMOTION_ID.matcher(text).matches();
    }

    /**
     * The digest of a decision, whole.
     *
     * @throws CliFailure if it is anything else
     */
    static String digest(String text) {
        if (!DIGEST.matcher(text).matches()) {
            throw new CliFailure(ExitCode.USAGE, "not a decision, which is named by 64 hex digits: " + text);
        }
        return text;
    }

    /** The digest of a decision, or of the decision about a promotion. */
    static String find(Registry registry, String subject) throws InterruptedException {
        if (!isPromotion(subject)) {
            return digest(subject);
        }
        return registry.get(Paths.promotion(subject))
                .at("gates", "digest")
                .text()
                .orElseThrow(() -> new CliFailure(
                        ExitCode.NOT_FOUND, "the gates have not decided on promotion " + subject + " yet"));
    }

    /** A decision in sentences: first whether it still holds. */
    static JsonValue explanation(Registry registry, String digest) throws InterruptedException {
        JsonValue stale = registry.get(Paths.decision(digest)).at("stale");
        List<String> sentences = new ArrayList<>();
        for (JsonValue moved : stale.items()) {
            sentences.add("This decision is stale: " + moved.at("sentence").textOr("?") + ".");
        }
        for (JsonValue sentence : registry.get(Paths.decision(digest) + "/explanation")
                .at("sentences")
                .items()) {
            String words = sentence.textOr("?");
            if (!sentences.contains(words)) {
                sentences.add(words);
            }
        }
        return JsonValue.object()
                .with("digest", digest)
                .with("stale", stale)
                .with("sentences", JsonValue.texts(sentences));
    }
}
