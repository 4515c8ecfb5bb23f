package io.hallmark.core.service.intake;

import io.hallmark.core.lineage.FilePath;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.UploadName;

/** What a key says: a file that registers alone, a member of a set, or nothing that is taken in. */
sealed interface Place {

    int NAME_MAX = 128;

    <T> T match(Cases<T> cases);

    /** One answer per kind of place. */
    interface Cases<T> {
        T alone(Alone place);

        T member(Member place);

        T aside(Aside place);
    }

    /** {@code incoming/{model}/{file}}. */
    record Alone(ModelName model, String file) implements Place {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.alone(this);
        }
    }

    /** {@code incoming/{model}/{upload}/{path…}}. */
    record Member(ModelName model, UploadName upload, String path) implements Place {

        boolean isManifest() {
            return path.equals(Manifest.FILE_NAME);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.member(this);
        }
    }

    /** Set aside for its key. */
    record Aside(LedgerState state, String code, String reason) implements Place {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.aside(this);
        }
    }

    /** Reads a decoded key. */
    static Place of(String key) {
        if (key.codePoints().anyMatch(Character::isISOControl)) {
            return quarantined("KEY_CHARS", "the key holds a control character");
        }
        if (key.indexOf('\\') >= 0 || key.startsWith("/") || key.contains("//") || climbs(key)) {
            return quarantined("KEY_PATH", "the key holds a backslash, an empty segment or a dot segment");
        }
        if (!key.startsWith(UploadKeys.PREFIX)) {
            return new Aside(LedgerState.IGNORED, "NOT_INCOMING", "uploads come in below " + UploadKeys.PREFIX);
        }
        if (key.endsWith("/")) {
            return new Aside(LedgerState.IGNORED, "FOLDER", "a folder marker holds nothing");
        }
        String[] parts = key.substring(UploadKeys.PREFIX.length()).split("/", 3);
        if (parts.length < 2) {
            return quarantined("KEY_PATH", "a key is incoming/{model}/{file} or incoming/{model}/{upload}/{path}");
        }
        if (parts[0].length() > ModelName.LENGTH_MAX || (parts.length == 3 && parts[1].length() > NAME_MAX)) {
            return quarantined("NAME_LENGTH", "a name in the key is longer than " + NAME_MAX + " characters");
        }
        try {
            return named(parts);
        } catch (IllegalArgumentException refused) {
            return quarantined("NAME_CHARS", String.valueOf(refused.getMessage()));
        }
    }

    private static Place named(String[] parts) {
        ModelName model = new ModelName(parts[0]);
        String path = FilePath.parse(parts[parts.length - 1]);
        if (parts.length == 3) {
            return new Member(model, new UploadName(parts[1]), path);
        }
        if (path.equals(Manifest.FILE_NAME)) {
            return quarantined("KEY_PATH", "a manifest lies in a folder: incoming/{model}/{upload}/hallmark.json");
        }
        return new Alone(model, path);
    }

    private static boolean climbs(String key) {
        for (String segment : key.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static Place quarantined(String code, String reason) {
        return new Aside(LedgerState.QUARANTINED, code, reason);
    }
}
