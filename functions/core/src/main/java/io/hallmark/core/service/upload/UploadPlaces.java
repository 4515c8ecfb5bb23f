package io.hallmark.core.service.upload;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.service.intake.UploadKeys;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where the files of an upload go. A name is made up if none is given; but one file alone, without a name for its upload,
 * goes where it is registered at once, without a manifest.
 */
public final class UploadPlaces {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final RandomGenerator random;

    public UploadPlaces(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * One folder of keys.
     *
     * @param upload empty for a file that registers alone
     */
    public record Place(ModelName model, Optional<UploadName> upload) {

        /** What all keys of this place begin with; ends in a slash. */
        public String prefix() {
            return upload.map(name -> UploadKeys.folder(model, name)).orElse(UploadKeys.PREFIX + model + "/");
        }

        /** The place as an answer says it. */
        public Json.Obj json() {
            return Json.object()
                    .with("model", model.value())
                    .withOptional("upload", upload.map(name -> Json.of(name.value())))
                    .with("prefix", prefix());
        }
    }

    /** The place of these files. */
    public Place of(ModelName model, Optional<UploadName> wanted, List<String> paths) {
        boolean alone = wanted.isEmpty() && paths.size() == 1 && isPlainName(paths.get(0));
        return new Place(model, alone ? Optional.empty() : Optional.of(wanted.orElseGet(this::made)));
    }

    private UploadName made() {
        long suffix = (random.nextLong() & 0xffff_ffffL) + 0x1_0000_0000L;
        return new UploadName(NAME.format(clock.instant()) + "-" + Long.toHexString(suffix));
    }

    private static boolean isPlainName(String path) {
        return !path.contains("/") && !path.equals(Manifest.FILE_NAME);
    }
}
