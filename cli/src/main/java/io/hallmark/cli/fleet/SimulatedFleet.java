package io.hallmark.cli.fleet;

import io.hallmark.client.Acknowledger;
import io.hallmark.client.Endpoint;
import io.hallmark.client.ObservationReporter;
import io.hallmark.client.Route;
import io.hallmark.client.RouteCache;
import io.hallmark.client.RouteFollower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Some instances that serve one model on one target. Each follows the route by long poll and reports every tick. */
public final class SimulatedFleet implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(500);

    private final Setup setup;
    private final Listener listener;
    private final InstantSource clock;
    private final RecordedModels models;
    private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
    private final AtomicBoolean faultSeen = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * What is simulated.
     *
     * @param instances 1 to 50
     * @param requestsPerSecond of each instance
     * @param tick how often an instance reports and acknowledges
     */
    public record Setup(
            Endpoint endpoint, String target, String model, int instances, int requestsPerSecond, Duration tick) {}

    /** Hears what happens; called from the threads of the fleet. */
    public interface Listener {

        void applied(String instance, Route route);

        /** The first report that holds requests touched by the fault was sent. */
        void faultReported(Fault fault, Instant at);
    }

    public SimulatedFleet(Setup setup, Listener listener, InstantSource clock) {
        if (setup.instances() < 1 || setup.instances() > 50 || setup.requestsPerSecond() < 1) {
            throw new IllegalArgumentException("1 to 50 instances with at least one request per second");
        }
        this.setup = setup;
        this.listener = listener;
        this.clock = clock;
        this.models = new RecordedModels(setup.endpoint(), setup.model());
    }

    /** Starts all instances; {@code random} gives each its own source of chance. */
    public void start(RandomGenerator random) {
        for (int i = 1; i <= setup.instances(); i++) {
            Instance instance = new Instance("instance-" + i, new java.util.Random(random.nextLong()));
            begin(instance.name + "-route", instance::follow);
            begin(instance.name + "-traffic", instance::work);
        }
    }

    /** From now on this goes wrong. */
    public void inject(Fault wrong) {
        faultSeen.set(false);
        fault.set(wrong);
    }

    /** Ends the fault. */
    public void heal() {
        fault.set(null);
    }

    private void begin(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        closed.set(true);
        threads.forEach(Thread::interrupt);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private final class Instance {
        private final String name;
        private final RouteFollower follower;
        private final Acknowledger acknowledger;
        private final ObservationReporter reporter;
        private final Traffic traffic;

        Instance(String name, RandomGenerator random) {
            Endpoint endpoint = setup.endpoint();
            this.name = name;
            this.follower = new RouteFollower(endpoint, setup.target(), setup.model(), RouteCache.inMemory());
            this.acknowledger = new Acknowledger(endpoint, name, clock);
            this.reporter = new ObservationReporter(
                    endpoint, setup.target(), setup.model(), name, List.of(50, 100, 250), clock);
            this.traffic = new Traffic(name, models, reporter, random);
        }

        void follow() throws InterruptedException {
            while (!closed.get()) {
                switch (follower.poll(POLL)) {
                    case APPLIED -> {
                        Route route = follower.current().orElseThrow();
                        acknowledge(route);
                        listener.applied(name, route);
                    }
                    case UNCHANGED -> {}
                    case NO_ROUTE, REFUSED, UNREACHABLE -> Thread.sleep(AFTER_A_FAILURE.toMillis());
                }
            }
        }

        void work() throws InterruptedException {
            int perTick =
                    (int) Math.max(1, setup.requestsPerSecond() * setup.tick().toMillis() / 1000);
            while (!closed.get()) {
                Optional<Route> route = follower.current();
                if (route.isPresent()) {
                    tick(route.get(), perTick);
                } else {
                    Thread.sleep(setup.tick().toMillis());
                }
            }
        }

        /** The window lasts the tick, all its requests by one route; then it is told and the route acknowledged. */
        private void tick(Route route, int requests) throws InterruptedException {
            Optional<Fault> wrong = Optional.ofNullable(fault.get());
            int touched = traffic.serve(route, requests, wrong);
            Thread.sleep(setup.tick().toMillis());
            reporter.flush();
            if (touched > 0 && faultSeen.compareAndSet(false, true)) {
                listener.faultReported(wrong.orElseThrow(), clock.instant());
            }
            acknowledge(route);
        }

        private void acknowledge(Route route) throws InterruptedException {
            List<Route.Deployed> loaded = Stream.of(route.baseline(), route.candidate())
                    .flatMap(Optional::stream)
                    .toList();
            acknowledger.acknowledge(route, loaded);
        }
    }
}
