package io.hallmark.local.demo;

import io.hallmark.cli.Registry;
import io.hallmark.client.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Follows one promotion to its end and tells each step of it. */
final class Watch {

    private static final Set<String> ENDS = Set.of("SETTLED", "ROLLED_BACK", "CANCELLED", "REJECTED");
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final long POLL_MILLIS = 100;

    private final Registry registry;
    private final Story story;
    private final InstantSource clock;

    Watch(Registry registry, Story story, InstantSource clock) {
        this.registry = registry;
        this.story = story;
        this.clock = clock;
    }

    /** The promotion as it ended; {@code seen} is shown every state that differs from the one before. */
    JsonValue untilTheEnd(String promotionId, Consumer<JsonValue> seen) throws InterruptedException {
        Instant end = clock.instant().plus(LIMIT);
        String told = "";
        while (clock.instant().isBefore(end)) {
            JsonValue promotion = registry.get("/v1/promotions/" + promotionId);
            String line = line(promotion);
            if (!line.equals(told)) {
                story.tell(line);
                told = line;
                seen.accept(promotion);
            }
            if (ENDS.contains(promotion.at("status").textOr(""))) {
                return promotion;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new NotAsTold("promotion " + promotionId + " did not end within " + LIMIT.toSeconds() + " s: " + told);
    }

    private static String line(JsonValue promotion) {
        String share = promotion
                .at("step", "weightBps")
                .integer()
                .map(bps -> String.format(Locale.ROOT, " at %s %%", bps / 100))
                .orElse("");
        String status =
                promotion.at("status").textOr("?").toLowerCase(Locale.ROOT).replace('_', ' ');
        String phase = promotion.at("phase").textOr("?");
        return promotion.at("candidate", "version").textOr("?") + ": " + status + ", " + phase
                + (phase.contains("canary") || phase.contains("CANARY") ? share : "");
    }
}
