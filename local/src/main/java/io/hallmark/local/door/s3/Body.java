package io.hallmark.local.door.s3;

import java.io.InputStream;
import java.util.Map;

/**
 * The bytes of a request as the client meant them: chunk framing taken off, signatures and lengths checked. Reading it
 * to the end is what proves it; an {@link S3Error} comes out of the stream otherwise.
 *
 * @param length how many bytes there will be
 * @param trailers the headers that came behind the bytes; filled when the stream has ended
 */
record Body(InputStream stream, long length, Map<String, String> trailers) {}
