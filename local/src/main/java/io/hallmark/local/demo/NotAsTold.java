package io.hallmark.local.demo;

/** Something happened otherwise than the demonstration says. */
public final class NotAsTold extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAsTold(String what) {
        super(what);
    }

    /** Goes on if it is as told. */
    static void unless(boolean asTold, String otherwise) {
        if (!asTold) {
            throw new NotAsTold(otherwise);
        }
    }
}
