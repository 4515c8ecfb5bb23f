package io.hallmark.core.service.gate;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.Choice;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicy.AppliesTo;
import io.hallmark.core.gate.policy.GatePolicy.Transition;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.GateKeys;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.ItemLimits;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Gate policies by name, version and digest: those that come with the registry, which nobody can change, and those that
 * were stored. A stored version never changes; version numbers only rise.
 */
public final class GatePolicies {

    /** The policy that a version wanting to enter shadow falls under when no other fits. */
    public static final String DEFAULT = "default";

    private static final int ATTEMPTS = 8;

    /** What a row needs beside the document. */
    private static final int ROW_BYTES = 1024;

    private final Table table;
    private final InstantSource clock;
    private final Supplier<List<GatePolicy>> shipped;

    public GatePolicies(Table table, InstantSource clock, List<GatePolicy> shipped) {
        this(table, clock, () -> shipped);
    }

    /** The same, with shipped policies that are read when one is wanted; most functions never do. */
    public GatePolicies(Table table, InstantSource clock, Supplier<List<GatePolicy>> shipped) {
        this.table = table;
        this.clock = clock;
        this.shipped = shipped;
    }

    private Map<String, GatePolicy> shipped() {
        Map<String, GatePolicy> byName = new LinkedHashMap<>();
        shipped.get().forEach(policy -> byName.put(policy.name(), policy));
        return byName;
    }

    /** Whether the policy of this name comes with the registry. */
    public boolean isShipped(String name) {
        return shipped().containsKey(name);
    }

    /** The policy of this name, in its latest version. */
    public GatePolicy get(String name) {
        return find(name).orElseThrow(() -> new RegistryFailure.NotFound("gate policy", name));
    }

    public Optional<GatePolicy> find(String name) {
        GatePolicy ours = shipped().get(name);
        if (ours != null || !GatePolicy.isName(name)) {
            return Optional.ofNullable(ours);
        }
        return row(GateKeys.latest(name)).flatMap(this::content);
    }

    /** One version of a policy. */
    public GatePolicy get(String name, long version) {
        GatePolicy ours = shipped().get(name);
        Optional<GatePolicy> found = ours != null || !GatePolicy.isName(name)
                ? Optional.ofNullable(ours).filter(policy -> policy.version() == version)
                : row(GateKeys.version(name, version)).flatMap(this::content);
        return found.orElseThrow(() -> new RegistryFailure.NotFound("gate policy", name + " in version " + version));
    }

    /**
     * The policy with this content: what a decision names.
     *
     * @throws RegistryFailure.Unavailable if the row does not hold what its key says
     */
    public Optional<GatePolicy> byDigest(Sha256 digest) {
        return shipped().values().stream()
                .filter(policy -> policy.digest().equals(digest))
                .findFirst()
                .or(() -> row(GateKeys.policy(digest)).map(row -> whole(digest, row)));
    }

    private static GatePolicy whole(Sha256 digest, Json.Obj row) {
        GatePolicy policy = GatePolicyReader.read(row.object("document"));
        if (!policy.digest().equals(digest)) {
            throw new RegistryFailure.Unavailable(
                    "the record of gate policy " + digest + " has changed", Duration.ofMinutes(1));
        }
        return policy;
    }

    /** The write that keeps the content of a policy that comes with the registry; empty if it is kept. */
    Optional<Write> keep(GatePolicy policy) {
        if (row(GateKeys.policy(policy.digest())).isPresent()) {
            return Optional.empty();
        }
        Json.Obj row = row(policy, Actor.REGISTRY, clock.instant()).with("document", policy.document());
        return Optional.of(Write.put(new Item(GateKeys.policy(policy.digest()), row), Condition.absent()));
    }

    private static Json.Obj row(GatePolicy policy, Actor actor, Instant at) {
        return Json.object()
                .with("name", policy.name())
                .with("version", policy.version())
                .with("digest", policy.digest().hex())
                .with("by", actor.value())
                .with("at", at.toString());
    }

    /** All policies by name, each in its latest version; those that come with the registry first. */
    public List<GatePolicy> list() {
        List<GatePolicy> policies = new ArrayList<>(new TreeMap<>(shipped()).values());
        latest().forEach(row -> content(row).ifPresent(policies::add));
        return List.copyOf(policies);
    }

    /**
     * The policy that a transition falls under; empty if there is none.
     *
     * @throws RegistryFailure.Conflict {@code GATE_POLICY_AMBIGUOUS} if two fit equally well
     */
    public Optional<GatePolicy> select(ModelName model, Transition transition, Optional<String> profile) {
        Map<String, AppliesTo> stored = new TreeMap<>();
        latest().forEach(row -> stored.put(row.text("name"), AppliesTo.of(row.object("appliesTo"))));
        List<String> best = Choice.of(stored, model, transition, profile);
        if (best.size() > 1) {
            throw new RegistryFailure.Conflict(
                    "GATE_POLICY_AMBIGUOUS",
                    "the gate policies " + String.join(" and ", best) + " fit " + model + " equally well",
                    Json.object().with("policies", Json.texts(best)));
        }
        if (best.size() == 1) {
            return Optional.of(get(best.get(0)));
        }
        return Optional.ofNullable(shipped().get(DEFAULT))
                .filter(policy -> policy.appliesTo().transition() == transition);
    }

    /** Stores a version of a policy; the same content again is the same version. */
    public GatePolicy put(String name, GatePolicy policy, Actor actor) {
        if (isShipped(name)) {
            throw new RegistryFailure.Conflict(
                    "POLICY_SHIPPED", "the gate policy " + name + " comes with the registry and does not change");
        }
        if (!policy.name().equals(name)) {
            throw new RegistryFailure.Invalid(
                    "/metadata/name",
                    "POLICY_INVALID",
                    "value: the policy calls itself " + policy.name() + ", not " + name);
        }
        requireRoom(policy);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt(policy, actor)) {
                return policy;
            }
        }
        throw new RegistryFailure.Conflict("POLICY_MOVED", "other versions of " + name + " are being stored just now");
    }

    /** Whether the version is stored now; false when somebody else wrote in between. */
    private boolean attempt(GatePolicy policy, Actor actor) {
        String name = policy.name();
        String digest = policy.digest().hex();
        AuditLog.Head head = new AuditLog(table).head(AuditLog.gatePolicyScope(name));
        // The latest first: whoever moves it in between is then seen by the second read.
        Optional<Json.Obj> latest = row(GateKeys.latest(name));
        Optional<Json.Obj> taken = row(GateKeys.version(name, policy.version()));
        if (taken.isPresent()) {
            if (taken.get().text("digest").equals(digest)) {
                return true;
            }
            throw refused("POLICY_VERSION_TAKEN", policy, "holds another content", taken.get());
        }
        long last = latest.map(row -> row.integer("version")).orElse(0L);
        if (policy.version() <= last) {
            throw refused("POLICY_VERSION_ORDER", policy, "is not above the latest, " + last, latest.orElseThrow());
        }
        Instant now = clock.instant();
        Json.Obj row = row(policy, actor, now);
        Condition unmoved = last == 0 ? Condition.absent() : Condition.equal("version", Json.of(last));
        List<Write> writes = new ArrayList<>(List.of(
                Write.put(new Item(GateKeys.version(name, policy.version()), row), Condition.absent()),
                Write.put(
                        new Item(GateKeys.policy(policy.digest()), row.with("document", policy.document())),
                        Condition.absent()),
                Write.put(
                        new Item(
                                GateKeys.latest(name),
                                row.with("appliesTo", policy.appliesTo().json())),
                        unmoved)));
        Json.Obj change = row.without("by").without("at");
        writes.addAll(AuditLog.append(
                head, now, List.of(new AuditLog.Event(actor, "gate-policy.stored", "a version was stored", change))));
        return Commit.writes(table, writes);
    }

    private static RegistryFailure refused(String code, GatePolicy policy, String sentence, Json.Obj found) {
        return new RegistryFailure.Conflict(
                code,
                "version " + policy.version() + " of the gate policy " + policy.name() + " " + sentence,
                Json.object().with("version", found.integer("version")).with("digest", found.text("digest")));
    }

    private static void requireRoom(GatePolicy policy) {
        int bytes = ItemLimits.bytes(GateKeys.policy(policy.digest()), policy.document());
        int most = Transaction.ITEM_BYTES_MAX - ROW_BYTES;
        if (bytes > most) {
            throw new RegistryFailure.TooLarge(
                    "POLICY_TOO_LARGE", "the policy takes " + bytes + " bytes in the table; at most " + most);
        }
    }

    private Optional<GatePolicy> content(Json.Obj row) {
        return byDigest(new Sha256(row.text("digest")));
    }

    private Optional<Json.Obj> row(Key key) {
        return table.get(key).map(Item::attributes);
    }

    private List<Json.Obj> latest() {
        List<Json.Obj> rows = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page page =
                    table.query(Query.all(GateKeys.POLICIES, Query.LIMIT_MAX).after(next));
            page.items().forEach(item -> rows.add(item.attributes()));
            next = page.next();
        } while (next.isPresent());
        return rows;
    }
}
