package io.hallmark.local.place;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things that were opened, to be closed in reverse; one that fails to close does not keep the others open. */
final class Closing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T thing) {
        opened.push(thing);
        return thing;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable thing = opened.pop();
            try {
                thing.close();
            } catch (Exception failed) {
                LOG.warn("{} did not close cleanly", thing.getClass().getSimpleName(), failed);
            }
        }
    }
}
