package io.hallmark.handlers.wiring;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function does around the snapshot that Lambda SnapStart takes of it: before, it walks its way once, so that
 * classes are loaded and code is compiled; after, what must differ between copies is made new. Anywhere else, nothing.
 */
public final class Snapshot implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    private static final boolean TAKEN = "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));

    /** The way is walked this often: enough for the first tier of the compiler, and some milliseconds. */
    private static final int ROUNDS = 20;

    /** How many bytes of entropy make two copies differ. */
    private static final int SEED_BYTES = 32;

    /** The context of CRaC holds its resources weakly. */
    private static final List<Resource> KEPT = new CopyOnWriteArrayList<>();

    private final Runnable before;
    private final Runnable after;

    private Snapshot(Runnable before, Runnable after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Has a way walked before a snapshot is taken. It must change nothing outside the process; if it fails, that is logged.
     *
     * @param way makes it, once, and only where a snapshot is taken
     */
    public static void rehearse(Supplier<Runnable> way) {
        if (TAKEN) {
            keep(new Snapshot(() -> walked(way), () -> {}));
        }
    }

    /**
     * This source of randomness, which copies of a snapshot shall not share. (The JDK's own reads the operating system's,
     * which Lambda keeps unique; what it has mixed in before is seeded anew.)
     */
    static SecureRandom unique(SecureRandom random) {
        if (TAKEN) {
            keep(new Snapshot(() -> {}, () -> random.setSeed(new SecureRandom().generateSeed(SEED_BYTES))));
        }
        return random;
    }

    private static void keep(Snapshot snapshot) {
        KEPT.add(snapshot);
        Core.getGlobalContext().register(snapshot);
    }

    private static void walked(Supplier<Runnable> maker) {
        try {
            SSLContext.getDefault().getSocketFactory();
            Runnable way = maker.get();
            for (int round = 0; round < ROUNDS; round++) {
                way.run();
            }
            LOG.info("rehearsed {} rounds before the snapshot", ROUNDS);
        } catch (NoSuchAlgorithmException | RuntimeException | LinkageError failed) {
            // A function that starts slowly is better than one that does not start.
            LOG.error("the rehearsal before the snapshot failed", failed);
        }
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        before.run();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        after.run();
    }
}
