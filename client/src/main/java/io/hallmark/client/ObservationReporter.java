package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects what an instance sees in windows and sends them. Windows that could not be sent wait in a bounded queue, the
 * oldest dropped first and counted; a window may be sent twice, the registry counts it once. Safe for several threads.
 */
public final class ObservationReporter {

    /** How many windows wait at most while the registry is down. */
    public static final int PENDING_MAX = 1000;

    private static final int BATCH_MAX = 100;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final String target;
    private final String model;
    private final String source;
    private final List<Integer> sloMillis;
    private final InstantSource clock;
    private final Map<Observation.Series, Observation> open = new LinkedHashMap<>();
    private final Deque<JsonValue> pending = new ArrayDeque<>();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * A reporter of one instance.
     *
     * @param source names the instance; unique among the instances of the target
     * @param sloMillis latency limits whose exceedances are counted, such as 100
     */
    public ObservationReporter(
            Endpoint endpoint,
            String target,
            String model,
            String source,
            List<Integer> sloMillis,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.target = target;
        this.model = model;
        this.source = source;
        this.sloMillis = List.copyOf(sloMillis);
        this.clock = clock;
    }

    /** The open window of a series; begins one if there is none. */
    public synchronized Observation window(Observation.Series series) {
        Instant now = clock.instant();
        return open.computeIfAbsent(series, first -> new Observation(first, now, sloMillis));
    }

    /** Ends all open windows and sends what waits. Answers how many windows the registry took. */
    public int flush() throws InterruptedException {
        endWindows();
        int sent = 0;
        for (List<JsonValue> batch = head(); !batch.isEmpty(); batch = head()) {
            if (!send(batch)) {
                return sent;
            }
            remove(batch);
            sent += batch.size();
        }
        return sent;
    }

    /** How many windows were given up because the queue was full. */
    public long dropped() {
        return dropped.get();
    }

    /** Ends all open windows; what they hold waits to be sent. */
    public synchronized void endWindows() {
        Instant end = clock.instant();
        for (Observation observation : open.values()) {
            if (!observation.isEmpty()) {
                pending.addLast(observation.toJson(source, sequence.incrementAndGet(), end));
            }
        }
        open.clear();
        while (pending.size() > PENDING_MAX) {
            pending.removeFirst();
            dropped.incrementAndGet();
        }
    }

    private synchronized List<JsonValue> head() {
        return new ArrayList<>(pending).subList(0, Math.min(BATCH_MAX, pending.size()));
    }

    private synchronized void remove(List<JsonValue> batch) {
        pending.removeAll(batch);
    }

    private boolean send(List<JsonValue> batch) throws InterruptedException {
        String path = "/v1/targets/" + target + "/models/" + model + "/observations";
        JsonValue body = JsonValue.object().with("windows", JsonValue.array(batch));
        try {
            int status = endpoint.send("POST", path, body, Map.of(), LIMIT).statusCode();
            // What the registry calls wrong stays wrong: sending it again would only block what comes after.
            return status / 100 == 2 || status == 400 || status == 422;
        } catch (IOException down) {
            return false;
        }
    }
}
