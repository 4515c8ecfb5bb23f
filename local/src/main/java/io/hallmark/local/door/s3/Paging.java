package io.hallmark.local.door.s3;

import java.util.Optional;

/** Numbers of pages that come in headers. */
final class Paging {

    private static final int MAX = 10_000;

    private Paging() {}

    static int header(S3Request request, String name, int absent) throws S3Error {
        Optional<String> text = request.header(name);
        if (text.isPresent() && !text.get().matches("\\d{1,5}")) {
            throw S3Error.invalidArgument(name + " is not a number from 0 to " + MAX, name, text.get());
        }
        return Math.min(MAX, text.map(Integer::parseInt).orElse(absent));
    }
}
