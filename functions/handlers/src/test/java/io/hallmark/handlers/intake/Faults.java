package io.hallmark.handlers.intake;

/** What happens around the calls of a port: somebody else's work, or the end of the process. */
interface Faults {

    /** Before a call: others may act, or the process dies and nothing was done. */
    void before();

    /** After a call that changed something: the process dies, and nobody heard the answer. */
    void after();

    /** The process died. Whatever it held in memory is gone. */
    final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
