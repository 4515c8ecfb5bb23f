package io.hallmark.core.service.target;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The deployment targets there are. */
public final class Targets {

    public static final long POLL_SECONDS_DEFAULT = 10;

    private final Table table;
    private final InstantSource clock;

    public Targets(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The profile of a target that names none. */
    public static final String PROFILE_DEFAULT = "server";

    /**
     * A target as it is asked for.
     *
     * @param pollSeconds how often its instances will acknowledge
     * @param profile what its machines are, such as {@code server} or {@code mobile}: which budgets of gates count
     */
    public record Asked(TargetName name, String kind, List<String> surfaces, long pollSeconds, String profile) {

        public Asked {
            surfaces = List.copyOf(surfaces);
        }
    }

    /** Creates a target; the same one again is the same one, another one under its name is a conflict. */
    public Json.Obj create(Asked asked, Actor actor) {
        Json.Obj wanted = Json.object()
                .with("name", asked.name().value())
                .with("kind", asked.kind())
                .with("surfaces", Json.texts(asked.surfaces()))
                .with("pollSeconds", asked.pollSeconds())
                .with("profile", asked.profile());
        Json.Obj row = wanted.with("createdAt", clock.instant().toString())
                .with("createdBy", actor.value())
                .with(Index.GSI1.pk(), PromotionKeys.TARGETS)
                .with(Index.GSI1.sk(), asked.name().value());
        Write write = Write.put(new Item(Keys.target(asked.name()), row), Condition.absent());
        if (Commit.writes(table, List.of(write))) {
            return visible(row);
        }
        Json.Obj found = get(asked.name());
        boolean same = wanted.fields().entrySet().stream()
                .allMatch(field -> found.find(field.getKey()).equals(Optional.of(field.getValue())));
        if (!same) {
            throw new RegistryFailure.Conflict("TARGET_EXISTS", "there is another target named " + asked.name(), found);
        }
        return found;
    }

    public Json.Obj get(TargetName name) {
        return table.get(Keys.target(name))
                .map(item -> visible(item.attributes()))
                .orElseThrow(() -> new RegistryFailure.NotFound("target", name.value()));
    }

    /** A page of targets by name; a new one may be missing for a moment. */
    public Page list(int limit, Optional<String> after) {
        Page page = table.queryIndex(
                Index.GSI1, Query.all(PromotionKeys.TARGETS, limit).after(after));
        return new Page(
                page.items().stream()
                        .map(item -> new Item(item.key(), visible(item.attributes())))
                        .toList(),
                page.next());
    }

    private static Json.Obj visible(Json.Obj row) {
        return row.without(Index.GSI1.pk()).without(Index.GSI1.sk());
    }
}
