package io.hallmark.local.place;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again, as EventBridge schedules do it on AWS. A run that fails is logged; the next one comes. */
final class Timetable implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** Does this once, at once. */
    void once(String name, Runnable work) {
        begin(name, () -> attempt(name, work));
    }

    /** Does this at once, and then again after each gap. */
    void every(Duration gap, String name, Runnable work) {
        begin(name, () -> {
            do {
                attempt(name, work);
            } while (!closedWithin(gap));
        });
    }

    private void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private boolean closedWithin(Duration gap) {
        try {
            return closed.await(gap.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
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
        closed.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_MAX.toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
