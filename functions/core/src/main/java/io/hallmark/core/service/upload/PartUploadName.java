package io.hallmark.core.service.upload;

import io.hallmark.core.lineage.FilePath;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.service.upload.UploadPlaces.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a client holds while it uploads a file in parts: all there is to know, so that the registry keeps nothing. It gives
 * no rights, and is read with the strictness of any other input.
 *
 * @param size bytes of the whole file
 * @param storeId the store's own name of the upload
 */
public record PartUploadName(Place place, String path, long size, String storeId) {

    private static final int WORDS = 5;

    /** The name as text that fits into a path of a URL. */
    public String token() {
        String text = String.join(
                "\n",
                place.model().value(),
                place.upload().map(UploadName::value).orElse(""),
                Long.toString(size),
                storeId,
                path);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #token} wrote; empty if nothing could have written that. */
    public static Optional<PartUploadName> read(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] words = text.split("\n", -1);
            if (words.length != WORDS) {
                return Optional.empty();
            }
            Optional<UploadName> upload = words[1].isEmpty() ? Optional.empty() : Optional.of(new UploadName(words[1]));
            long size = Long.parseLong(words[2]);
            String path = FilePath.parse(words[4]);
            boolean fits = size >= 0
                    && size <= UploadInParts.SIZE_MAX
                    && words[3].chars().allMatch(c -> c > ' ' && c < 0x7f)
                    && !words[3].isEmpty();
            return fits
                    ? Optional.of(new PartUploadName(new Place(new ModelName(words[0]), upload), path, size, words[3]))
                    : Optional.empty();
        } catch (IllegalArgumentException forged) {
            return Optional.empty();
        }
    }
}
