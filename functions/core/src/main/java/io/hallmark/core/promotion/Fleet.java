package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The serving instances that were heard of within three polls. */
public record Fleet(List<Ack> live) {

    public Fleet {
        live = List.copyOf(live);
    }

    public static Fleet of(List<Ack> acks, Instant now, Duration poll) {
        return new Fleet(acks.stream().filter(ack -> ack.live(now, poll)).toList());
    }

    public boolean nobody() {
        return live.isEmpty();
    }

    public long serving(RouteDocument route) {
        return live.stream().filter(ack -> ack.serves(route)).count();
    }

    /** Live instances that serve an older route, or another one. */
    public long others(RouteDocument route) {
        return live.size() - serving(route);
    }

    /** Whether every live instance has named this route in so many distinct acknowledgements in a row. */
    public boolean acknowledged(RouteDocument route, int times) {
        return live.stream().allMatch(ack -> ack.serves(route) && ack.times() >= times);
    }

    public Json.Obj json(RouteDocument route) {
        return Json.object()
                .with("live", live.size())
                .with("atRevision", serving(route))
                .with("older", others(route));
    }
}
