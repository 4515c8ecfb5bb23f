package io.hallmark.core.service.gate;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.Simulation;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tries a policy on every promotion of the past. */
public final class History {

    /** More promotions than this are not looked at; the latest come first. */
    public static final int PROMOTIONS_MAX = 1000;

    private static final Set<Cause.Kind> HARM = Set.of(Cause.Kind.GUARDRAIL, Cause.Kind.EMERGENCY);
    private static final int POINTERS_MAX = 1000;

    private final Table table;
    private final Gatekeeper gates;

    public History(Table table, Gatekeeper gates) {
        this.table = table;
        this.gates = gates;
    }

    /** The latest promotions of a model since a moment, as the policy would have decided them on the evidence of then. */
    public Simulation simulate(ModelName model, GatePolicy policy, Optional<TargetName> target, Instant since) {
        List<Promotion> past = past(model, target, since);
        Map<TargetName, Set<String>> undone = new TreeMap<>(java.util.Comparator.comparing(TargetName::value));
        List<Simulation.Row> rows = new ArrayList<>();
        for (Promotion promotion : past) {
            Set<String> taken = undone.computeIfAbsent(promotion.target(), at -> undone(at, model));
            rows.add(row(promotion, policy, fate(promotion, taken)));
        }
        return new Simulation(rows);
    }

    private List<Promotion> past(ModelName model, Optional<TargetName> target, Instant since) {
        List<Promotion> past = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page page = table.queryIndex(
                    Index.GSI2,
                    Query.all(PromotionKeys.promotionsOf(model), Query.LIMIT_MAX)
                            .backward()
                            .after(after));
            page.items().stream()
                    .map(item -> new Promotion(item.attributes()))
                    .filter(promotion -> !promotion.requestedAt().isBefore(since))
                    .filter(promotion -> target.filter(name -> !name.equals(promotion.target()))
                            .isEmpty())
                    .forEach(past::add);
            after = page.next();
        } while (after.isPresent() && past.size() < PROMOTIONS_MAX);
        return past.subList(0, Math.min(PROMOTIONS_MAX, past.size()));
    }

    private Simulation.Row row(Promotion promotion, GatePolicy policy, Simulation.Fate fate) {
        boolean letThrough = promotion
                .gates()
                .filter(found -> found.text("decision").equals("PASS"))
                .isPresent();
        Optional<Decision> then = Optional.empty();
        Optional<Decision> now = Optional.empty();
        String why;
        try {
            then = promotion.decision().map(gates::get);
            now = then.map(decision -> gates.again(decision, policy));
            why = now.map(Decision::reason).orElse("the gates had not decided");
        } catch (RegistryFailure lost) {
            why = "it cannot be decided again: " + lost.getMessage();
        }
        return new Simulation.Row(
                promotion.id(),
                promotion.candidate().number().value(),
                promotion.candidate().version().toString(),
                then.map(Decision::verdict),
                letThrough,
                now.map(Decision::verdict),
                fate,
                why);
    }

    private static Simulation.Fate fate(Promotion promotion, Set<String> undone) {
        if (promotion.status() == PromotionStatus.SETTLED) {
            return undone.contains(promotion.id()) ? Simulation.Fate.ROLLED_BACK : Simulation.Fate.GOOD;
        }
        boolean harm =
                promotion.cause().filter(cause -> HARM.contains(cause.kind())).isPresent();
        return harm ? Simulation.Fate.ROLLED_BACK : Simulation.Fate.UNKNOWN;
    }

    /** Promotions whose version was taken from the pointer later by something that is no promotion. */
    private Set<String> undone(TargetName target, ModelName model) {
        List<Pointer> pointers = new ArrayList<>();
        table.query(Query.prefix(Keys.targetPartition(target, model), "POINTER#", POINTERS_MAX)).items().stream()
                .map(item -> Pointer.of(item.attributes()))
                .forEach(pointers::add);
        table.get(Keys.pointer(target, model))
                .map(item -> Pointer.of(item.attributes()))
                .ifPresent(pointers::add);
        Map<VersionRef, String> promotedBy = new HashMap<>();
        Set<String> undone = new HashSet<>();
        Optional<VersionRef> before = Optional.empty();
        for (Pointer pointer : pointers) {
            boolean promoted = table.get(Keys.promotion(pointer.by())).isPresent();
            if (promoted) {
                pointer.version().ifPresent(version -> promotedBy.put(version, pointer.by()));
            } else {
                before.map(promotedBy::get).ifPresent(undone::add);
            }
            before = pointer.version();
        }
        return undone;
    }
}
