package io.hallmark.handlers.json;

import io.hallmark.core.failure.RegistryFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in strict UTF-8; a byte order mark and the NUL bytes of UTF-16 and UTF-32 tell other encodings. */
final class Utf8Text {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Utf8Text() {}

    /**
     * The characters of these bytes.
     *
     * @throws RegistryFailure.Malformed with this code if they are something else
     */
    static String of(byte[] bytes, String code) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf(BYTE_ORDER_MARK) == 0 || text.indexOf('\0') >= 0) {
                throw new RegistryFailure.Malformed(
                        code, "the document is not plain UTF-8: it has a byte order mark or NUL bytes");
            }
            return text;
        } catch (CharacterCodingException other) {
            throw new RegistryFailure.Malformed(code, "the document is not UTF-8");
        }
    }
}
