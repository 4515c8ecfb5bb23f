package io.hallmark.core.lineage;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** The grammar of a path inside a set: relative, going down only, one written form. */
public final class FilePath {

    public static final int BYTES_MAX = 900;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private FilePath() {}

    /** The path itself; {@link IllegalArgumentException} with a sentence if it is none. */
    public static String parse(String path) {
        require(!path.isEmpty(), "a path is not empty");
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        require(bytes <= BYTES_MAX, "a path of " + bytes + " bytes; at most " + BYTES_MAX);
        require(path.indexOf('\\') < 0, "a path has no backslash");
        require(!path.startsWith("/") && !DRIVE.matcher(path).matches(), "a path is relative to its set");
        for (String segment : path.split("/", -1)) {
            require(!segment.isEmpty(), "a path has no empty segment");
            require(!segment.equals(".") && !segment.equals(".."), "a path has no segment " + segment);
        }
        require(
                path.codePoints().noneMatch(FilePath::hidden),
                "a path has no control, format or unassigned characters");
        require(Normalizer.isNormalized(path, Normalizer.Form.NFC), "a path is in Unicode form NFC");
        return path;
    }

    /** Characters that do not show as themselves: controls, direction marks, zero widths, lone surrogates. */
    public static boolean hidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
