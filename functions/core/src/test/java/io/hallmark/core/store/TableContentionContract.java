package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.read;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.transact;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many writers at once: no update is lost, and the only bad news is a refusal. */
interface TableContentionContract {

    int THREADS = 8;

    /** Each refusal means that another writer got through, and there are not so many of those. */
    int REFUSALS_MAX = 2_000;

    Table table();

    /** How often each of the threads adds one; an adapter over a slow wire may do with fewer. */
    default int increments() {
        return 25;
    }

    @Test
    default void noIncrementIsLost() throws Exception {
        store(table(), item("p", "counter", counter(0, 0)));

        List<Integer> refusals = together(this::increment);

        assertThat(read(table(), new Key("p", "counter"))).isEqualTo(counter(total(), total()));
        assertThat(table().query(Query.prefix("p", "mark#", Query.LIMIT_MAX)).items())
                .hasSize(total());
        assertThat(refusals).allMatch(count -> count >= 0);
    }

    @Test
    default void readersNeverSeeHalfATransaction() throws Exception {
        store(table(), item("p", "counter", counter(0, 0)));

        together(writer -> writer == 0 ? watch() : increment(writer));
    }

    private int total() {
        return THREADS * increments();
    }

    /** Adds one to the counter as often as asked, each time with a mark of its own; answers the number of refusals. */
    private int increment(int writer) {
        int refusals = 0;
        for (int done = 0; done < increments(); ) {
            Json.Obj seen = read(table(), new Key("p", "counter"));
            long next = seen.integer("value") + 1;
            Outcome outcome = transact(
                    table(),
                    Write.put(
                            item("p", "counter", counter(next, seen.integer("rev") + 1)),
                            Condition.equal("rev", Json.of(seen.integer("rev")))),
                    Write.put(item("p", "mark#" + writer + "#" + done, counter(next, 0)), Condition.absent()));
            if (outcome.committed()) {
                done++;
            } else {
                refusals++;
                assertThat(refusals).as("refusals of one writer").isLessThan(REFUSALS_MAX);
            }
        }
        return refusals;
    }

    /** Once the counter shows a value, the mark that was written with it is there too. */
    private int watch() {
        for (int i = 0; i < increments(); i++) {
            long value = read(table(), new Key("p", "counter")).integer("value");
            assertThat(table().query(Query.prefix("p", "mark#", Query.LIMIT_MAX))
                            .items())
                    .hasSizeGreaterThanOrEqualTo((int) value);
        }
        return 0;
    }

    private static Json.Obj counter(long value, long rev) {
        return Json.object().with("value", value).with("rev", rev);
    }

    private static List<Integer> together(Worker worker) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                running.add(pool.submit(() -> worker.work(number)));
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** What one of the threads does. */
    interface Worker {
        int work(int number);
    }
}
