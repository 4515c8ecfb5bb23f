package io.hallmark.core.lineage;

import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.model.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of a manifest that name files. */
final class FilesReader {

    static final int FILES_MAX = 10_000;
    private static final int VARIANTS_MAX = 64;
    private static final long SIZE_MAX = 1L << 50;

    private FilesReader() {}

    static List<Manifest.ListedFile> files(ObjectReader root) {
        List<Manifest.ListedFile> files = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        List<ObjectReader> readers = root.objects("files", FILES_MAX, "TOO_MANY_FILES");
        for (ObjectReader reader : readers) {
            file(reader).ifPresent(file -> {
                files.add(file);
                String twin = seen.putIfAbsent(file.path().toLowerCase(Locale.ROOT), file.path());
                if (twin != null) {
                    reader.refuse("path", "PATH_DUPLICATE", "this path is listed before, as " + twin);
                }
            });
        }
        if (root.names().contains("files") && readers.isEmpty() && emptyArray(root)) {
            root.refuse("files", "REQUIRED", "a version has at least one file");
        }
        return List.copyOf(files);
    }

    private static boolean emptyArray(ObjectReader root) {
        return root.optional("files")
                .filter(value -> value instanceof io.hallmark.core.json.Json.Arr array
                        && array.items().isEmpty())
                .isPresent();
    }

    /** One listed file, read to its end; empty if anything about it is in violation. */
    static Optional<Manifest.ListedFile> file(ObjectReader reader) {
        Optional<String> path = reader.parsed("path", "PATH", FilesReader::path);
        Optional<Long> size = reader.integer("size", 0, SIZE_MAX);
        Optional<Sha256> sha256 = reader.parsed("sha256", "DIGEST_FORMAT", Sha256::new);
        reader.finish();
        return path.flatMap(
                where -> size.flatMap(bytes -> sha256.map(digest -> new Manifest.ListedFile(where, bytes, digest))));
    }

    private static String path(String text) {
        if (text.equals(Manifest.FILE_NAME)) {
            throw new IllegalArgumentException("a manifest does not list itself");
        }
        return FilePath.parse(text);
    }

    static void variants(ObjectReader root, List<Manifest.ListedFile> files) {
        Set<String> paths = new HashSet<>();
        files.forEach(file -> paths.add(file.path()));
        Set<String> names = new HashSet<>();
        for (ObjectReader variant : root.optionalObjects("variants", VARIANTS_MAX, "LIMIT")) {
            variant.text("name", ManifestReader.NAME_MAX).ifPresent(name -> {
                if (!names.add(name)) {
                    variant.refuse("name", "DUPLICATE", "there is another variant " + name);
                }
            });
            variant.optionalText("profile", ManifestReader.NAME_MAX);
            variant.optionalText("derived_from", ManifestReader.NAME_MAX);
            variant.required("files");
            for (String path : variant.optionalTexts("files", FILES_MAX, FilePath.BYTES_MAX)) {
                if (!paths.contains(path)) {
                    variant.refuse("files", "PATH", "the manifest lists no file " + path);
                }
            }
            variant.finish();
        }
    }
}
