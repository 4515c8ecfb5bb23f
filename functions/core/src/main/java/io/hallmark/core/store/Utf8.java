package io.hallmark.core.store;

/** The UTF-8 form of text, without making it: how long it is and how it sorts. */
public final class Utf8 {

    private Utf8() {}

    /**
     * The number of bytes.
     *
     * @throws IllegalArgumentException for a lone surrogate, which has no UTF-8 form and would be stored as {@code ?}
     */
    public static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 'x')) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException("a lone surrogate at character " + i + " has no UTF-8 form");
            }
        }
        return bytes;
    }

    /** Compares well-formed texts as their bytes compare: by code point, where {@code String} goes by UTF-16 unit. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean beyondA = Character.isSurrogate(a);
                return beyondA == Character.isSurrogate(b) ? Character.compare(a, b) : beyondA ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
