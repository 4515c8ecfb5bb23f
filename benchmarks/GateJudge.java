import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.gate.Judge;
import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Column;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.Rule;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.handlers.wiring.ShippedGatePolicies;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Judges paired examples by rules of the default policy, beside one sort of the scores; see {@code gate-judge}. */
final class GateJudge {

    private static final long SEED = 20261123;
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final List<String> RULES = List.of("auc-gain", "calibration", "parity");
    private static final double[] SLICES = {0.3, 0.2, 0.15, 0.1, 0.08, 0.07, 0.06, 0.04};

    private GateJudge() {}

    public static void main(String[] args) {
        int examples = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        GateCase gateCase = gateCase(examples(examples));
        double[] scores = scores(gateCase);
        double[] judging = new double[rounds];
        double[] sorting = new double[rounds];
        Decision decision = Judge.decide(gateCase);
        sort(scores);
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            Decision again = Judge.decide(gateCase);
            long between = System.nanoTime();
            sort(scores);
            judging[round] = (between - begin) / 1e9;
            sorting[round] = (System.nanoTime() - between) / 1e9;
            if (!again.equals(decision)) {
                throw new IllegalStateException("the same case was decided in two ways");
            }
        }
        decision.checks().stream()
                .filter(check -> RULES.contains(check.text("rule")))
                .forEach(check -> System.err.println(check.text("verdict") + " " + check.text("message")));
        System.out.printf(
                "%d %.3f %.3f %.3f %.3f %.3f%n",
                decision.checks().size(), median(judging), judging[0], judging[rounds - 1], median(sorting), sorting[0]);
    }

    private static void sort(double[] scores) {
        double[] copy = scores.clone();
        Arrays.sort(copy);
        if (copy[0] > copy[copy.length - 1]) {
            throw new IllegalStateException("not sorted");
        }
    }

    /** Sorts the figures too. */
    private static double median(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private static double[] scores(GateCase gateCase) {
        return gateCase.scores().get(Report.DEFAULT_VARIANT).examples().orElseThrow().scores(Side.CANDIDATE)
                .orElseThrow();
    }

    /** Calibrated scores of two models that agree for the most part, the candidate a little better. */
    private static Examples examples(int size) {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] labels = new byte[size];
        double[] candidate = new double[size];
        double[] baseline = new double[size];
        int[] slices = new int[size];
        int[] ages = new int[size];
        int[] genders = new int[size];
        for (int i = 0; i < size; i++) {
            double known = random.nextGaussian();
            double learned = random.nextGaussian();
            double hidden = 0.6 * random.nextGaussian();
            labels[i] = (byte) (random.nextDouble() < logistic(1.6 * known + 0.5 * learned + hidden) ? 1 : 0);
            candidate[i] = logistic(1.5 * known + 0.47 * learned);
            baseline[i] = logistic(1.45 * known + 0.02 * random.nextGaussian());
            double place = random.nextDouble();
            for (int slice = 0; slice < SLICES.length - 1 && place > SLICES[slice]; slice++) {
                place -= SLICES[slice];
                slices[i] = slice + 1;
            }
            ages[i] = random.nextInt(5);
            genders[i] = random.nextInt(2);
        }
        return new Examples(
                labels,
                Map.of(Side.CANDIDATE, candidate, Side.BASELINE, baseline),
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        "slice_country", new Column(List.of("a", "b", "c", "d", "e", "f", "g", "h"), slices),
                        "group_age", new Column(List.of("18", "30", "45", "60", "75"), ages),
                        "group_gender", new Column(List.of("f", "m"), genders)));
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static GateCase gateCase(Examples examples) {
        return new GateCase(
                policy(),
                "production",
                "server",
                new GateCase.Candidate(
                        exhibit(2, examples.size()),
                        Optional.of(new BigDecimal("0.5")),
                        List.of(new GateCase.Variant(
                                Report.DEFAULT_VARIANT, Optional.empty(), 1_000_000, Optional.empty())),
                        List.of(),
                        List.of()),
                Optional.of(new GateCase.Comparison(
                        exhibit(1, examples.size()),
                        "stage:production",
                        Optional.of(1L),
                        Optional.of(new BigDecimal("0.5")))),
                Optional.empty(),
                Map.of(Report.DEFAULT_VARIANT, new GateCase.Scores(Optional.of(examples), Map.of())),
                GateCase.History.NONE,
                Optional.empty(),
                Optional.empty(),
                new Actor("benchmark"),
                AT);
    }

    private static GatePolicy policy() {
        GatePolicy shipped = ShippedGatePolicies.read().get(0);
        List<Rule> rules = shipped.rules().stream().filter(rule -> RULES.contains(rule.id())).toList();
        if (!shipped.name().equals("default") || rules.size() != RULES.size()) {
            throw new IllegalStateException("the default policy has other rules");
        }
        return new GatePolicy(
                shipped.name(),
                shipped.version(),
                shipped.description(),
                shipped.appliesTo(),
                shipped.baseline(),
                shipped.evidence(),
                shipped.statistics(),
                shipped.profiles(),
                rules,
                shipped.document());
    }

    private static Exhibit exhibit(long number, int rows) {
        Subject subject = new Subject(
                new ModelName("ctr"),
                new VersionNumber(number),
                new SemanticVersion(1, number, 0),
                Hashing.sha256("version " + number),
                Optional.empty());
        Report report = new Report(
                Hashing.sha256("report " + number),
                subject.artifactDigest(),
                Report.DEFAULT_VARIANT,
                Optional.of(new Report.Dataset("sha256:" + "d".repeat(64), rows)),
                Optional.empty(),
                Optional.empty(),
                AT,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Json.object());
        return new Exhibit(subject, Map.of(Report.DEFAULT_VARIANT, report));
    }
}
