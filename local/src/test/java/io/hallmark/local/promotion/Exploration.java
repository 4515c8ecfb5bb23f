package io.hallmark.local.promotion;

import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays one promotion again and again, each time with other faults, and collects what broke. */
final class Exploration {

    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int BATCH = 16;
    private static final Duration PATIENCE = Duration.ofHours(3);
    private static final Duration AFTERWARDS = Duration.ofSeconds(100);

    private final AtomicInteger runs = new AtomicInteger();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<PromotionStatus, Integer> ends = new ConcurrentSkipListMap<>();

    /** One fault at one call. */
    private record Place(int call, Fault fault) {}

    /** How many calls one run had. */
    private int play(World.Setup setup) {
        World world = new World(setup);
        Promotion promotion = world.promote("key-1");
        world.until(
                () -> world.promotion(promotion.id()).status().isFinal()
                        && world.lock().state() == Lock.State.FREE
                        && !world.faults().landing(),
                PATIENCE);
        world.run(AFTERWARDS);
        List<String> broken = world.invariants().atTheEnd(world, promotion.id(), setup.failAt());
        if (!broken.isEmpty()) {
            violations.add(setup + "\n  " + String.join("\n  ", broken) + "\n  calls:\n    "
                    + String.join("\n    ", world.faults().log()));
        }
        runs.incrementAndGet();
        ends.merge(world.promotion(promotion.id()).status(), 1, Integer::sum);
        return world.faults().calls();
    }

    private static List<Place> places(int from, int calls) {
        List<Place> places = new ArrayList<>();
        for (int call = from; call < calls; call++) {
            for (Fault fault : Fault.values()) {
                places.add(new Place(call, fault));
            }
        }
        return places;
    }

    /** No fault, and each single fault at each call. */
    Exploration singles(World.Setup setup) {
        places(0, play(setup)).parallelStream().forEach(place -> play(setup.with(Map.of(place.call(), place.fault()))));
        return this;
    }

    /** All pairs of faults at two calls, the second among the calls that the first brings. */
    Exploration pairs(World.Setup setup) {
        places(0, play(setup)).parallelStream().forEach(first -> {
            int calls = play(setup.with(Map.of(first.call(), first.fault())));
            places(first.call() + 1, calls)
                    .forEach(second ->
                            play(setup.with(Map.of(first.call(), first.fault(), second.call(), second.fault()))));
        });
        return this;
    }

    /** Pairs (and some triples) of faults drawn from a seed, until the time is over. */
    Exploration sample(List<World.Setup> setups, long seed, int callsMax, Duration budget) {
        Random random = new Random(seed);
        long start = System.nanoTime();
        while (System.nanoTime() - start < budget.toNanos()) {
            List<World.Setup> drawn = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                Map<Integer, Fault> plan = new TreeMap<>();
                int faults = random.nextInt(8) == 0 ? 3 : 2;
                while (plan.size() < faults) {
                    plan.put(random.nextInt(callsMax), FAULTS.get(random.nextInt(FAULTS.size())));
                }
                drawn.add(setups.get(random.nextInt(setups.size())).with(plan));
            }
            drawn.parallelStream().forEach(this::play);
        }
        return this;
    }

    /** Single faults until the first violation: a control has to find one. */
    boolean finds(World.Setup setup) {
        for (Place place : places(0, play(setup))) {
            if (violations.isEmpty()) {
                play(setup.with(Map.of(place.call(), place.fault())));
            }
        }
        return !violations.isEmpty();
    }

    int runs() {
        return runs.get();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    Map<PromotionStatus, Integer> ends() {
        return ends;
    }

    @Override
    public String toString() {
        return runs + " runs, ended " + ends + ", " + violations.size() + " violations";
    }
}
