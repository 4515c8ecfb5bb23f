package io.hallmark.local.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding as signatures want it: everything but the unreserved characters of RFC 3986 section 2.3. */
public final class UriText {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final int HEX = 16;
    private static final int ASCII_MAX = 0x7F;

    private UriText() {}

    /** A name or value of a query. */
    public static String encode(String text) {
        return encode(text, "");
    }

    /** A path; its slashes stay. */
    public static String encodePath(String path) {
        return encode(path, "/");
    }

    private static String encode(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (UNRESERVED.indexOf(character) >= 0 || kept.indexOf(character) >= 0) {
                out.append(character);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit((each >> 4) & 0xF, HEX)))
                        .append(Character.toUpperCase(Character.forDigit(each & 0xF, HEX)));
            }
        }
        return out.toString();
    }

    /** The text behind percent signs; empty if an escape is broken, a character is not ASCII, or it is not UTF-8. */
    public static Optional<String> decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character > ASCII_MAX) {
                return Optional.empty();
            } else if (character != '%') {
                bytes.write(character);
            } else {
                int high = i + 1 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), HEX) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high * HEX + low);
                i += 2;
            }
        }
        return utf8(bytes.toByteArray());
    }

    /** Strict UTF-8; empty where the JDK's default would put a replacement character. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
