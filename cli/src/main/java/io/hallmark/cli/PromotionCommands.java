package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that change what serves, and say what serves. */
@Command
final class PromotionCommands {

    private static final Duration GAP = Duration.ofMillis(500);
    private static final Duration VERIFICATION_GAP = Duration.ofSeconds(5);
    private static final String WAIT_SECONDS = "93600";
    private static final int KEY_BYTES = 16;

    private final Surroundings around;

    PromotionCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Ask for a version to go through shadow and canary into production.")
    int promote(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "VERSION") String version,
            @Option(names = "--target", required = true) String target,
            @Option(names = "--policy", defaultValue = "default") String policy,
            @Option(names = "--reason", description = "why (default: asked for from the command line)")
                    Optional<String> reason,
            @Option(names = "--bootstrap", description = "there is no version in production yet, and that is all right")
                    boolean bootstrap,
            @Option(
                            names = "--override",
                            paramLabel = "REASON",
                            description = "promote again what a guardrail has rolled back")
                    Optional<String> override,
            @Option(
                            names = "--review",
                            paramLabel = "DECISION",
                            description = "accept what this decision of the gates could not show; needs --reason")
                    Optional<String> review,
            @Option(names = "--expected-baseline", paramLabel = "VERSION") Optional<String> expectedBaseline,
            @Option(names = "--idempotency-key", paramLabel = "KEY", description = "(else a random one)")
                    Optional<String> key,
            @Option(names = "--wait", description = "stay until it is settled or rolled back") boolean wait,
            @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = WAIT_SECONDS) long timeoutSeconds)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        JsonValue body = JsonValue.object()
                .with("target", target)
                .with("policy", policy)
                .with("reason", reason.orElse("asked for from the command line"))
                .with("bootstrap", bootstrap ? JsonValue.of(true) : JsonValue.MISSING)
                .with("override", optional(override))
                .with("review", review(review, reason))
                .with("expectedBaseline", optional(expectedBaseline));
        String path = Paths.version(model, version) + "/promotions";
        Map<String, String> headers = Map.of("Idempotency-Key", key.orElseGet(this::randomKey));
        Screen screen = new Screen(around, connection.json());
        JsonValue accepted = wait
                ? new Waiting(around, VERIFICATION_GAP)
                        .until(
                                "the verification of " + model + " " + version,
                                Duration.ofSeconds(timeoutSeconds),
                                () -> unlessPending(screen, () -> Optional.of(registry.post(path, body, headers))))
                : registry.post(path, body, headers);
        String id = accepted.at("promotionId").textOr("");
        if (!wait) {
            screen.result(accepted, List.of("promotion " + id + " is on its way: hallmark status " + id));
            return ExitCode.DONE.code();
        }
        return watchPromotion(registry, screen, id, Duration.ofSeconds(timeoutSeconds));
    }

    /** What was answered; nothing while the digests of the version are still being verified. */
    private static Optional<JsonValue> unlessPending(Screen screen, Waiting.Question<JsonValue> request)
            throws InterruptedException {
        try {
            return request.ask();
        } catch (CliFailure refused) {
            if (!refused.code().equals("INTEGRITY_PENDING")) {
                throw refused;
            }
            screen.progress(String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Say what serves a model, or where one promotion stands.")
    int status(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL|PROMOTION", description = "the name of a model or the id of a promotion")
                    String subject,
            @Option(names = "--target") Optional<String> target)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        Screen screen = new Screen(around, connection.json());
        if (target.isEmpty() && Decisions.isPromotion(subject)) {
            JsonValue promotion = registry.get(Paths.promotion(subject));
            screen.result(promotion, Stories.promotion(promotion));
        } else if (target.isPresent()) {
            JsonValue serving = registry.get(Paths.target(target.get(), subject));
            screen.result(serving, Stories.target(serving));
        } else {
            JsonValue model = registry.get(Paths.model(subject));
            screen.result(model, Stories.model(model));
        }
        return ExitCode.DONE.code();
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Put back what served before, at once, and prove it.")
    int rollback(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Option(names = "--target", required = true) String target,
            @Option(names = "--reason", required = true) String reason,
            @Option(names = "--to", paramLabel = "VERSION", description = "(else the version before)")
                    Optional<String> toVersion,
            @Option(names = "--wait", description = "stay until it is proven") boolean wait,
            @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "900") long timeoutSeconds)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        Screen screen = new Screen(around, connection.json());
        JsonValue body = JsonValue.object().with("reason", reason).with("toVersion", optional(toVersion));
        JsonValue answer =
                registry.post(Paths.target(target, model) + "/rollback", body, Map.of("Idempotency-Key", randomKey()));
        String id = answer.at("rollbackId").textOr("");
        if (!wait) {
            screen.result(answer, Stories.rollback(id, answer));
            return ExitCode.DONE.code();
        }
        JsonValue proven = new Waiting(around, GAP)
                .until("the proof of rollback " + id, Duration.ofSeconds(timeoutSeconds), () -> {
                    JsonValue rollback = registry.get("/v1/rollbacks/" + Registry.segment(id));
                    screen.progress(Stories.rollbackLine(rollback));
                    return Optional.of(rollback).filter(Stories::rollbackEnded);
                });
        screen.result(proven, Stories.rollback(id, proven));
        return (Stories.isProven(proven) ? ExitCode.DONE : ExitCode.UNAVAILABLE).code();
    }

    private int watchPromotion(Registry registry, Screen screen, String id, Duration limit)
            throws InterruptedException {
        JsonValue last = new Waiting(around, GAP).until("the end of promotion " + id, limit, () -> {
            JsonValue promotion = registry.get(Paths.promotion(id));
            screen.progress(Stories.promotionLine(promotion));
            return Optional.of(promotion).filter(Stories::promotionEnded);
        });
        screen.result(last, Stories.promotion(last));
        boolean settled = last.at("status").textOr("").equals("SETTLED");
        return (settled ? ExitCode.DONE : ExitCode.REFUSED).code();
    }

    /** What a decision could not show, accepted by whoever promotes, for the reason of the promotion. */
    private static JsonValue review(Optional<String> decision, Optional<String> reason) {
        if (decision.isEmpty()) {
            return JsonValue.MISSING;
        }
        String why = reason.filter(words -> !words.isBlank())
                .orElseThrow(() -> new CliFailure(ExitCode.USAGE, "a review needs a reason: give --reason"));
        return JsonValue.object()
                .with("decision", Decisions.digest(decision.get()))
                .with("reason", why);
    }

    private static JsonValue optional(Optional<String> text) {
        return text.map(JsonValue::of).orElse(JsonValue.MISSING);
    }

    private String randomKey() {
        byte[] bytes = new byte[KEY_BYTES];
        around.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
