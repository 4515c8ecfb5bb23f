package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.PolicyReader;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Policies by name: those that come with the registry, which nobody can change, and those that were stored. A stored
 * policy never changes either; another content under its name is its next version.
 */
public final class Policies {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

    private final Table table;
    private final InstantSource clock;
    private final Map<String, Policy> shipped;

    public Policies(Table table, InstantSource clock, List<Policy> shipped) {
        this.table = table;
        this.clock = clock;
        Map<String, Policy> byName = new TreeMap<>();
        shipped.forEach(policy -> byName.put(policy.name(), policy));
        this.shipped = Map.copyOf(byName);
    }

    /** The policy of this name, in its latest version. */
    public Policy get(String name) {
        return find(name).orElseThrow(() -> new RegistryFailure.NotFound("policy", name));
    }

    public Optional<Policy> find(String name) {
        Policy ours = shipped.get(name);
        if (ours != null || !NAME.matcher(name).matches()) {
            return Optional.ofNullable(ours);
        }
        return table.get(PromotionKeys.policy(name))
                .map(item -> Policy.pinned(name, item.attributes().object("document")));
    }

    /** All policies by name; a new one may be missing for a moment. At most 1,000 stored ones are listed. */
    public List<Policy> list() {
        List<Policy> policies = new ArrayList<>(new TreeMap<>(shipped).values());
        table.queryIndex(Index.GSI1, Query.all(PromotionKeys.POLICIES, Query.LIMIT_MAX))
                .items()
                .forEach(item -> policies.add(Policy.pinned(
                        item.attributes().text("name"), item.attributes().object("document"))));
        return List.copyOf(policies);
    }

    /** Stores a policy; the same content again is the same version. */
    public Policy put(String name, Json document, Actor actor) {
        if (!NAME.matcher(name).matches()) {
            throw new RegistryFailure.Invalid(
                    "", "POLICY_NAME", "a policy name is 1 to 64 of a-z, 0-9, '.', '_' and '-'");
        }
        if (shipped.containsKey(name)) {
            throw new RegistryFailure.Conflict(
                    "POLICY_SHIPPED", "the policy " + name + " comes with the registry and does not change");
        }
        Policy policy = PolicyReader.read(name, document);
        Optional<Item> latest = table.get(PromotionKeys.policy(name));
        boolean same = latest.filter(item ->
                        item.attributes().text("digest").equals(policy.digest().hex()))
                .isPresent();
        if (same) {
            return policy;
        }
        long version = latest.map(item -> item.attributes().integer("version")).orElse(0L) + 1;
        Json.Obj row = Json.object()
                .with("name", name)
                .with("version", version)
                .with("digest", policy.digest().hex())
                .with("document", policy.document())
                .with("by", actor.value())
                .with("at", clock.instant().toString());
        Condition unmoved = version == 1 ? Condition.absent() : Condition.equal("version", Json.of(version - 1));
        boolean stored = Commit.writes(
                table,
                List.of(
                        Write.put(new Item(PromotionKeys.policyVersion(name, version), row), Condition.absent()),
                        Write.put(
                                new Item(
                                        PromotionKeys.policy(name),
                                        row.with(Index.GSI1.pk(), PromotionKeys.POLICIES)
                                                .with(Index.GSI1.sk(), name)),
                                unmoved)));
        if (!stored) {
            throw new RegistryFailure.Conflict("POLICY_MOVED", "another version of " + name + " was just stored");
        }
        return policy;
    }
}
