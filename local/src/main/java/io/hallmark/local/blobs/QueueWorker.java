package io.hallmark.local.blobs;

import io.hallmark.local.blobs.EventQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the messages of a queue to a function in batches, as Lambda polls SQS: what the function does not report as
 * failed is deleted, what it does comes back later and later, and a function that throws has failed the whole batch.
 */
public final class QueueWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWorker.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final EventQueue queue;
    private final Function<List<Message>, Set<String>> function;
    private final Settings settings;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> threads;

    private QueueWorker(EventQueue queue, Function<List<Message>, Set<String>> function, Settings settings) {
        this.queue = queue;
        this.function = function;
        this.settings = settings;
        this.threads = IntStream.rangeClosed(1, settings.threads())
                .mapToObj(number -> new Thread(this::run, settings.name() + "-" + number))
                .toList();
    }

    /**
     * How a worker works.
     *
     * @param name of its threads
     * @param threads how many batches are worked on at once
     * @param batchMax messages of one batch; SQS has at most 10
     * @param visibility how long a message stays hidden from the other threads: longer than the function may take
     * @param backoff before the second receive; it doubles with each further one
     * @param backoffMax the longest wait between two receives
     */
    public record Settings(
            String name, int threads, int batchMax, Duration visibility, Duration backoff, Duration backoffMax) {}

    /**
     * Starts the threads.
     *
     * @param function answers the message ids that failed
     */
    public static QueueWorker start(
            EventQueue queue, Function<List<Message>, Set<String>> function, Settings settings) {
        QueueWorker worker = new QueueWorker(queue, function, settings);
        worker.threads.forEach(thread -> thread.setDaemon(true));
        worker.threads.forEach(Thread::start);
        return worker;
    }

    private void run() {
        while (running.get()) {
            try {
                long seen = queue.signals();
                List<Message> batch = queue.receive(settings.batchMax(), settings.visibility());
                if (batch.isEmpty()) {
                    queue.await(seen, IDLE);
                } else {
                    work(batch);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                LOG.error("the queue did not answer", failure);
                pause();
            }
        }
    }

    /** After a failure of the queue itself there is nothing to do but wait a little. */
    private void pause() {
        try {
            queue.await(queue.signals(), IDLE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(List<Message> batch) {
        Set<String> failed = failures(batch);
        List<Message> done = new ArrayList<>();
        for (Message message : batch) {
            if (failed.contains(message.messageId())) {
                queue.fail(message, delay(message.receives()));
            } else {
                done.add(message);
            }
        }
        if (!done.isEmpty()) {
            queue.delete(done);
        }
    }

    private Set<String> failures(List<Message> batch) {
        Set<String> all = Set.copyOf(batch.stream().map(Message::messageId).toList());
        try {
            Set<String> failed = function.apply(batch);
            return all.containsAll(failed) ? failed : all;
        } catch (RuntimeException | Error failure) {
            LOG.error("a batch of {} messages failed", batch.size(), failure);
            return all;
        }
    }

    private Duration delay(int receives) {
        int doublings = Math.min(receives - 1, Integer.SIZE - 2);
        Duration delay = settings.backoff().multipliedBy(1L << doublings);
        return delay.compareTo(settings.backoffMax()) > 0 ? settings.backoffMax() : delay;
    }

    /** Lets running batches finish for ten seconds. A batch that does not is handed out again at the next start. */
    @Override
    public void close() {
        running.set(false);
        queue.signal();
        try {
            for (Thread thread : threads) {
                thread.join(STOP.toMillis());
                if (thread.isAlive()) {
                    LOG.warn("{} is stopped in the middle of a batch", thread.getName());
                    thread.interrupt();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
