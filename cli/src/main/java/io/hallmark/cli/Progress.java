package io.hallmark.cli;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of all have gone out, told by several senders at once. */
final class Progress {

    private final Screen screen;
    private final long all;
    private final AtomicLong done = new AtomicLong();

    Progress(Screen screen, long all) {
        this.screen = screen;
        this.all = all;
    }

    /** More bytes of a file went out, or, below zero, have to go out again. */
    synchronized void add(String path, long bytes) {
        screen.bar(path, done.addAndGet(bytes), all);
    }
}
