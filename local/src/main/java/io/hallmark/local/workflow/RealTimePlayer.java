package io.hallmark.local.workflow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays by the clock on the wall: one thread that sleeps until something is due, and a bounded pool for the functions. A
 * function that does not return in its task's time is abandoned: the machine goes on, its late result is ignored, and its
 * thread is free again when it returns.
 */
public final class RealTimePlayer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RealTimePlayer.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Player player;
    private final Performer performer;
    private final ExecutorService functions;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Starts to play.
     *
     * @param threads how many functions run at the same time; further calls wait for a free thread
     */
    public RealTimePlayer(LocalFlows flows, TaskInvoker invoker, int threads) {
        this.player = flows.player();
        this.performer = new Performer(invoker);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                RealTimePlayer::named);
        pool.allowCoreThreadTimeOut(true);
        this.functions = pool;
        this.thread = new Thread(this::play, "workflow-player");
        thread.setDaemon(true);
        thread.start();
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "workflow-function");
        thread.setDaemon(true);
        return thread;
    }

    private void play() {
        try {
            while (player.isPlaying()) {
                try {
                    for (Call call : player.turn()) {
                        functions.execute(() -> perform(call));
                    }
                } catch (RuntimeException | Error unexpected) {
                    LOG.error("the workflow player goes on after a failed turn", unexpected);
                    functions.awaitTermination(PAUSE.toSeconds(), TimeUnit.SECONDS);
                }
                player.awaitTurn();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void perform(Call call) {
        if (player.isCurrent(call)) {
            performer.perform(call.invocation()).ifPresent(event -> player.deliver(call.id(), event));
        }
    }

    /**
     * Stops playing and waits, up to ten seconds, for functions that are at work. Executions stay where they are in the
     * table; what was in flight is called again by the next player.
     */
    @Override
    public void close() {
        player.pause();
        try {
            boolean quiet = stopped.await(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS);
            functions.shutdown();
            if (!quiet || !functions.awaitTermination(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("stopped while functions were still at work");
                functions.shutdownNow();
            }
        } catch (InterruptedException asked) {
            functions.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            player.close();
        }
    }
}
