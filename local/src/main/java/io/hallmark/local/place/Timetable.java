package io.hallmark.local.place;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again, as EventBridge schedules do it on AWS. A run that fails is logged; the next one comes. */
final class Timetable implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
    private static final int THREADS = 2;
    private static final int CLOSE_SECONDS = 5;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "timetable");
        thread.setDaemon(true);
        return thread;
    });

    /** Does this at once, and then again after each gap. */
    void every(Duration gap, String name, Runnable work) {
        threads.scheduleWithFixedDelay(() -> attempt(name, work), 0, gap.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does this once, at once. */
    void once(String name, Runnable work) {
        threads.execute(() -> attempt(name, work));
    }

    private static void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("{} failed and is tried again", name, failed);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
