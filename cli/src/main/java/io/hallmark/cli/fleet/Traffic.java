package io.hallmark.cli.fleet;

import io.hallmark.client.Observation;
import io.hallmark.client.Observation.Role;
import io.hallmark.client.Observation.Series;
import io.hallmark.client.ObservationReporter;
import io.hallmark.client.Route;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Requests of one instance: each has a user of its own, an evaluation row, and the latency of the version that met it. */
final class Traffic {

    private static final String FALLBACK = "fallback";
    private static final int BPS_ALL = 10_000;

    private final String instance;
    private final RecordedModels models;
    private final ObservationReporter reporter;
    private final RandomGenerator random;
    private final AtomicLong users = new AtomicLong();

    Traffic(String instance, RecordedModels models, ObservationReporter reporter, RandomGenerator random) {
        this.instance = instance;
        this.models = models;
        this.reporter = reporter;
        this.random = random;
    }

    /** Serves so many requests by this route; answers how many the fault touched. */
    int serve(Route route, int requests, Optional<Fault> fault) throws InterruptedException {
        int touched = 0;
        for (int i = 0; i < requests; i++) {
            String unit = instance + "-" + users.incrementAndGet();
            Optional<Route.Deployed> chosen = route.versionFor(unit);
            boolean candidate = chosen.isPresent() && chosen.equals(route.candidate());
            String version = chosen.map(Route.Deployed::version).orElse(FALLBACK);
            RecordedModel model = chosen.isPresent() ? models.of(version) : RecordedModel.UNKNOWN;
            Role role = candidate ? Role.CANARY : Role.BASELINE;
            touched += answer(new Series(route.revision(), version, role), model, fault) ? 1 : 0;
            if (mirrored(route)) {
                touched += mirror(route, model, fault) ? 1 : 0;
            }
        }
        return touched;
    }

    private boolean mirrored(Route route) {
        return route.shadow()
                .filter(shadow -> random.nextInt(BPS_ALL) < shadow.samplingBps())
                .isPresent();
    }

    private boolean answer(Series series, RecordedModel model, Optional<Fault> fault) {
        Observation window = reporter.window(series);
        boolean touched = request(window, series.role(), model, fault);
        if (!model.rows().isEmpty()) {
            int row = random.nextInt(model.rows().size());
            window.addOutcome(
                    "correct", model.saysYes(row) == model.rows().get(row).label());
        }
        return touched;
    }

    private boolean mirror(Route route, RecordedModel baseline, Optional<Fault> fault) throws InterruptedException {
        String version = route.shadow().orElseThrow().version();
        RecordedModel shadow = models.of(version);
        Observation window = reporter.window(new Series(route.revision(), version, Role.SHADOW));
        boolean touched = request(window, Role.SHADOW, shadow, fault);
        int rows = Math.min(baseline.rows().size(), shadow.rows().size());
        if (rows > 0) {
            int row = random.nextInt(rows);
            double delta = Math.abs(
                    baseline.rows().get(row).score() - shadow.rows().get(row).score());
            window.addPair(baseline.saysYes(row) == shadow.saysYes(row), delta);
        }
        return touched;
    }

    private boolean request(Observation window, Role role, RecordedModel model, Optional<Fault> fault) {
        boolean touched = fault.filter(wrong -> wrong.role() == role).isPresent() && random.nextDouble() < Fault.SHARE;
        boolean slow = touched && fault.orElseThrow().kind() == Fault.Kind.LATENCY;
        double millis = model.latency(random) + (slow ? Fault.ADDED_MILLIS : 0);
        window.addRequest(millis, touched && !slow);
        return touched;
    }
}
