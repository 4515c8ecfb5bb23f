package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-decoding (RFC 3986 section 2.1) that refuses what it cannot read: malformed triplets, bytes that are no UTF-8. */
final class Percent {

    private Percent() {}

    /** One segment of a path. A plus sign is a plus sign. Refuses dot segments, slashes in disguise and control characters. */
    static String segment(String raw) {
        String text = decode(raw, false, "PATH");
        boolean climbs = text.equals(".") || text.equals("..");
        if (climbs || text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
            throw new RegistryFailure.Malformed("PATH", "a segment of the path tries to leave its place");
        }
        return text;
    }

    /** A name or value of a query string: a plus sign is a space. */
    static String queryPart(String raw) {
        return decode(raw, true, "QUERY");
    }

    private static String decode(String raw, boolean plusIsSpace, String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(octet(raw, i, code));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.write(' ');
            } else if (Character.isHighSurrogate(c) && i + 1 < raw.length()) {
                bytes.writeBytes(raw.substring(i, i + 2).getBytes(StandardCharsets.UTF_8));
                i++;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        String text = utf8(bytes.toByteArray(), code);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RegistryFailure.Malformed(code, "the address holds a control character");
        }
        return text;
    }

    private static int octet(String raw, int at, String code) {
        boolean whole = at + 2 < raw.length()
                && HexFormat.isHexDigit(raw.charAt(at + 1))
                && HexFormat.isHexDigit(raw.charAt(at + 2));
        if (!whole) {
            throw new RegistryFailure.Malformed(code, "a percent sign is not followed by two hex digits");
        }
        return HexFormat.fromHexDigits(raw, at + 1, at + 3);
    }

    private static String utf8(byte[] bytes, String code) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw new RegistryFailure.Malformed(code, "the address is not UTF-8");
        }
    }
}
