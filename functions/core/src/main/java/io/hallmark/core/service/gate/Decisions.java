package io.hallmark.core.service.gate;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Decision;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.DecisionKeys;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions by their digest; none ever changes. */
public final class Decisions {

    private final Table table;
    private final Documents documents;

    public Decisions(Table table, Documents documents) {
        this.table = table;
        this.documents = documents;
    }

    /**
     * A decision.
     *
     * @throws RegistryFailure.NotFound if there is none of this digest
     * @throws RegistryFailure.Unavailable if the row does not hold what its key says
     */
    public Decision get(Sha256 digest) {
        Json.Obj row = table.get(DecisionKeys.decision(digest))
                .map(Item::attributes)
                .orElseThrow(() -> new RegistryFailure.NotFound("decision", digest.hex()));
        Decision decision = new Decision(row.findText("elsewhere")
                .map(hex -> documents.load(new Sha256(hex)))
                .orElseGet(() -> row.object("document")));
        if (!decision.digest().equals(digest)) {
            throw new RegistryFailure.Unavailable(
                    "the record of decision " + digest + " has changed", Duration.ofMinutes(1));
        }
        return decision;
    }

    /**
     * The writes that keep a decision and make it the latest about its model and target; refused if it does not follow the
     * latest one.
     */
    public List<Write> keep(Decision decision, TargetName target) {
        Sha256 digest = decision.digest();
        ModelName model = decision.subject().model();
        Optional<Sha256> elsewhere = documents.aside(decision.document());
        Json.Obj row = Json.object()
                .with("digest", digest.hex())
                .with("model", model.value())
                .with("verdict", decision.verdict().name());
        row = elsewhere.isPresent()
                ? row.with("elsewhere", elsewhere.get().hex())
                : row.with("document", decision.document());
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(
                new Item(DecisionKeys.decision(digest), row),
                Condition.absentOrEqual("digest", Json.of(digest.hex()))));
        writes.add(Write.put(
                new Item(DecisionKeys.latest(target, model), Json.object().with("digest", digest.hex())),
                follows(decision)));
        return writes;
    }

    private static Condition follows(Decision decision) {
        return decision.document()
                .findText("previous")
                .map(before -> Condition.equal("digest", Json.of(before)))
                .orElse(Condition.absent());
    }

    /** The latest decision about a model on a target. */
    public Optional<Sha256> latest(TargetName target, ModelName model) {
        return table.get(DecisionKeys.latest(target, model))
                .map(item -> new Sha256(item.attributes().text("digest")));
    }
}
