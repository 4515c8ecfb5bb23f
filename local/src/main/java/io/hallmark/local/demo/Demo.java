package io.hallmark.local.demo;

import io.hallmark.cli.ChainCheck;
import io.hallmark.cli.CliFailure;
import io.hallmark.cli.Registry;
import io.hallmark.cli.Surroundings;
import io.hallmark.cli.fleet.Fault;
import io.hallmark.cli.fleet.SimulatedFleet;
import io.hallmark.client.Digests;
import io.hallmark.client.Endpoint;
import io.hallmark.client.Observation;
import io.hallmark.client.Route;
import io.hallmark.client.json.JsonValue;
import io.hallmark.local.place.Embedded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The main job: drop models in a bucket, promote them, break one, watch it come back. */
public final class Demo {

    private static final String MODEL = "doctor-visit";
    private static final String TARGET = "demo";
    private static final String POLICY = "demo";
    private static final String TARGET_PATH = "/v1/targets/" + TARGET + "/models/" + MODEL;
    private static final Fault FAULT = new Fault(Fault.Kind.LATENCY, Observation.Role.CANARY);

    private final Embedded place;
    private final Path models;
    private final Story story;
    private final Surroundings around;
    private final Registry registry;
    private final Samples samples;
    private final Watch watch;
    private final AtomicReference<@Nullable Instant> firstBad = new AtomicReference<>();

    /** {@code models} is the folder of the sample models. */
    public Demo(Embedded place, Path models, Story story, Surroundings around) {
        this.place = place;
        this.models = models;
        this.story = story;
        this.around = around;
        this.registry = new Registry(new Endpoint(place.api(), place.token()));
        this.samples = new Samples(place, registry, MODEL, around.clock());
        this.watch = new Watch(registry, story, around.clock());
    }

    /** Plays it all; whatever is not as told is thrown. */
    public void play() throws IOException, InterruptedException {
        story.chapter("A registry on this machine");
        story.tell("HTTP API at " + place.api() + ", S3 endpoint at " + place.s3());
        story.chapter("Three trained models, uploaded through the S3 endpoint");
        String baseline = uploaded("baseline-logistic");
        String good = uploaded("candidate-gbm");
        String next = uploaded("candidate-gbm-replicate");
        registry.post(
                "/v1/targets",
                JsonValue.object()
                        .with("name", TARGET)
                        .with("kind", "route-document")
                        .with("pollSeconds", 1));
        SimulatedFleet.Setup setup =
                new SimulatedFleet.Setup(registry.endpoint(), TARGET, MODEL, 3, 600, Duration.ofMillis(500));
        try (SimulatedFleet fleet = new SimulatedFleet(setup, new Ears(), around.clock())) {
            fleet.start(around.random());
            JsonValue policy = registry.get("/v1/policies/" + POLICY);
            story.chapter("The policy of all that follows");
            story.tell(policy.at("description")
                    .textOr(policy.at("document", "description").textOr("?")));
            story.chapter("The first version in production");
            settles(baseline, true, "the first version");
            story.chapter("A better one, through shadow and canary");
            settles(good, false, "AUC 0.686 instead of 0.646");
            story.chapter("The next one, which develops a latency fault at its canary step");
            String promotionId = rollsBack(next, good, fleet);
            story.chapter("What the registry can show for it");
            evidence(promotionId);
            audit("model:" + MODEL);
            audit("target:" + TARGET + ":" + MODEL);
            refusedAgain(next);
            story.chapter("What serves where, and why");
            serving(good, next);
        }
        story.end("As told");
    }

    private String uploaded(String name) throws IOException, InterruptedException {
        Instant begin = around.clock().instant();
        JsonValue version = samples.upload(models.resolve(name));
        String number = version.at("version").textOr("?");
        story.tell(name + " is version " + version.at("number").textOr("?") + " (" + number + ") after "
                + Story.seconds(begin, around.clock().instant()) + " s");
        story.detail(version.at("artifactDigest").textOr("?") + ", lineage "
                + version.at("lineage").textOr("?") + "; "
                + version.at("bump", "reason").textOr(""));
        for (JsonValue replicate : version.at("replicates").items()) {
            if (!replicate.at("verdict").textOr("").equals("FIRST")) {
                story.detail("a replicate of an earlier version: "
                        + replicate.at("verdict").textOr("?"));
            }
        }
        NotAsTold.unless(
                version.at("lineage").textOr("").equals("complete"), "the lineage of " + name + " is incomplete");
        return number;
    }

    private String requested(String version, boolean bootstrap, String reason) throws InterruptedException {
        JsonValue body =
                JsonValue.object().with("target", TARGET).with("policy", POLICY).with("reason", reason);
        JsonValue accepted = registry.post(
                "/v1/models/" + MODEL + "/versions/" + version + "/promotions",
                bootstrap ? body.with("bootstrap", true) : body,
                Map.of("Idempotency-Key", "demo-" + version));
        return accepted.at("promotionId").textOr("");
    }

    private void settles(String version, boolean bootstrap, String reason) throws InterruptedException {
        String id = requested(version, bootstrap, reason);
        JsonValue end = watch.untilTheEnd(id, state -> {});
        NotAsTold.unless(
                end.at("status").textOr("").equals("SETTLED"),
                version + " did not settle: " + end.at("verdict", "reason").textOr(end.write()));
        guardrails(end);
        NotAsTold.unless(serves().equals(version), TARGET + " serves " + serves() + " instead of " + version);
    }

    private String rollsBack(String version, String before, SimulatedFleet fleet) throws InterruptedException {
        AtomicBoolean injected = new AtomicBoolean();
        String id = requested(version, false, "retrained with another seed");
        JsonValue end = watch.untilTheEnd(id, state -> {
            boolean canary = state.at("step", "weightBps").integer().orElse(0L) > 0;
            if (canary && injected.compareAndSet(false, true)) {
                fleet.inject(FAULT);
                story.tell("FAULT INJECTED: " + FAULT.sentence());
            }
        });
        fleet.heal();
        NotAsTold.unless(
                end.at("status").textOr("").equals("ROLLED_BACK"),
                version + " was not rolled back but is " + end.at("status").textOr("?"));
        guardrails(end);
        Instant bad = firstBad.get();
        NotAsTold.unless(bad != null, "the fleet never reported the fault");
        if (bad != null) {
            Instant applied = instant(end, "appliedAt");
            Instant proven = instant(end, "provenAt");
            story.tell(String.format(
                    java.util.Locale.ROOT,
                    "first bad observation → rollback applied %.1f s → proven %.1f s",
                    Story.seconds(bad, applied),
                    Story.seconds(bad, proven)));
        }
        NotAsTold.unless(serves().equals(before), TARGET + " serves " + serves() + " instead of " + before);
        return id;
    }

    private static Instant instant(JsonValue promotion, String name) {
        return Instant.parse(
                promotion.at("rollback", name).text().orElseThrow(() -> new NotAsTold("the rollback has no " + name)));
    }

    private void guardrails(JsonValue promotion) {
        for (JsonValue guardrail : promotion.at("verdict", "guardrails").items()) {
            story.detail(guardrail.at("verdict").textOr("?") + "  "
                    + guardrail.at("metric").textOr("?") + ": "
                    + guardrail.at("reason").textOr("") + ", limit "
                    + guardrail.at("limit").textOr("none"));
        }
    }

    private void evidence(String promotionId) throws InterruptedException {
        JsonValue evidence = registry.get("/v1/promotions/" + promotionId + "/evidence");
        String canonical = evidence.at("canonical").textOr("");
        JsonValue document = JsonValue.parse(canonical);
        String digest = evidence.at("sha256").textOr("");
        NotAsTold.unless(
                digest.replace("sha256:", "").equals(Digests.ofCanonical(document)),
                "the evidence does not have the digest it claims");
        NotAsTold.unless(canonical.contains("overSlo.100"), "the evidence does not name the metric that failed");
        story.tell("the evidence of the rolled-back promotion: " + canonical.length() + " characters, " + digest);
    }

    private void audit(String scope) throws InterruptedException {
        JsonValue answer = registry.get("/v1/audit/" + Registry.segment(scope) + "?from=1&limit=100");
        List<JsonValue> entries = answer.at("entries").items();
        ChainCheck.Finding finding = ChainCheck.verify(scope, entries, answer.at("head"));
        NotAsTold.unless(
                finding.intact() && !entries.isEmpty(), "the audit chain " + scope + " is " + finding.sentence());
        story.tell("audit chain " + scope + " is " + finding.sentence());
    }

    private void refusedAgain(String version) throws InterruptedException {
        try {
            registry.post(
                    "/v1/models/" + MODEL + "/versions/" + version + "/promotions",
                    JsonValue.object()
                            .with("target", TARGET)
                            .with("policy", POLICY)
                            .with("reason", "once more"),
                    Map.of("Idempotency-Key", "demo-again"));
        } catch (CliFailure refused) {
            String sentence = String.valueOf(refused.getMessage());
            NotAsTold.unless(sentence.contains("OVERRIDE_REQUIRED"), "refused for another reason: " + sentence);
            story.tell("409: " + sentence.lines().findFirst().orElse(""));
            return;
        }
        throw new NotAsTold(version + " could be promoted again without an override");
    }

    private String serves() throws InterruptedException {
        return registry.get(TARGET_PATH).at("pointer", "version").textOr("nothing");
    }

    private void serving(String good, String next) throws InterruptedException {
        JsonValue target = registry.get(TARGET_PATH);
        JsonValue instances = target.at("instances");
        story.tell(TARGET + " serves " + MODEL + " " + serves() + " since "
                + target.at("pointer", "since").textOr("?") + "; "
                + instances.at("atRevision").textOr("?") + " of "
                + instances.at("live").textOr("?") + " live instances have acknowledged its route");
        story.detail(next + " was rolled back at its canary step: more than 1 % of its requests took over 100 ms");
        NotAsTold.unless(target.at("lock", "state").textOr("").equals("FREE"), "the target is still locked");
        Map<String, String> expected = new HashMap<>(Map.of(good, "production", next, "rolled_back"));
        for (JsonValue version :
                registry.get("/v1/models/" + MODEL + "/versions").at("versions").items()) {
            String name = version.at("version").textOr("?");
            String stage = version.at("stages", TARGET).textOr("none");
            story.detail(name + "  " + version.at("label").textOr("") + "  " + stage);
            String wanted = expected.remove(name);
            NotAsTold.unless(wanted == null || wanted.equals(stage), name + " is " + stage + ", not " + wanted);
        }
    }

    /** Hears the fleet. */
    private final class Ears implements SimulatedFleet.Listener {

        private final AtomicLong told = new AtomicLong();

        @Override
        public void applied(String instance, Route route) {
            if (told.getAndAccumulate(route.revision(), Math::max) < route.revision()) {
                story.detail("the fleet takes route " + route.revision() + ": "
                        + route.baseline().map(Route.Deployed::version).orElse("no baseline")
                        + route.candidate()
                                .map(each ->
                                        ", candidate " + each.version() + " with " + route.candidateBps() / 100 + " %")
                                .orElse("")
                        + route.shadow()
                                .map(each -> ", mirrored to " + each.version())
                                .orElse(""));
            }
        }

        @Override
        public void faultReported(Fault fault, Instant at) {
            firstBad.compareAndSet(null, at);
            story.tell("the first observations with the fault are reported");
        }
    }
}
