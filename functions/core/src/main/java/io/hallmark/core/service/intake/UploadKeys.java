package io.hallmark.core.service.intake;

import io.hallmark.core.lineage.FilePath;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.UploadName;

/** Keys below which uploads come in. */
public final class UploadKeys {

    public static final String PREFIX = "incoming/";
    private static final int SHOWN_MAX = 1024;

    private UploadKeys() {}

    /** The folder of one set, with its slash. */
    public static String folder(ModelName model, UploadName upload) {
        return PREFIX + model + "/" + upload + "/";
    }

    /** A key as people may look at it: what does not show as itself is written in ASCII, as Java would. */
    static String shown(String key) {
        StringBuilder shown = new StringBuilder();
        key.codePoints().limit(SHOWN_MAX).forEach(c -> {
            if (FilePath.hidden(c)) {
                for (char unit : Character.toChars(c)) {
                    shown.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
