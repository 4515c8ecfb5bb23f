package io.hallmark.core.lineage;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a manifest, {@code hallmark.json}, strictly; {@code docs/hallmark.schema.json} says the same as a JSON Schema. */
public final class ManifestReader {

    static final int TEXT_MAX = 4096;
    static final int NAME_MAX = 256;
    private static final int NOTES_MAX = 64 * 1024;

    private ManifestReader() {}

    /**
     * The manifest in this document.
     *
     * @throws RegistryFailure.Invalid with every violation, each with its pointer and code
     */
    public static Manifest read(Json document) {
        List<Violation> violations = new ArrayList<>();
        FieldNames.check(document, violations);
        Optional<Manifest> manifest =
                ObjectReader.root(document, violations).map(root -> manifest((Json.Obj) document, root, violations));
        if (!violations.isEmpty()) {
            throw new RegistryFailure.Invalid(violations);
        }
        return manifest.orElseThrow();
    }

    private static Manifest manifest(Json.Obj document, ObjectReader root, List<Violation> violations) {
        root.parsed("schema", "SCHEMA", ManifestReader::schema);
        Optional<ModelName> model = root.parsed("model", "NAME_CHARS", ModelName::new);
        Optional<String> label = root.optionalText("label", NAME_MAX);
        Optional<SemanticVersion> version = root.optionalParsed("version", "VERSION_FORMAT", SemanticVersion::parse);
        boolean backport = root.optionalFlag("backport").orElse(false);
        if (backport && version.isEmpty()) {
            root.refuse("backport", "REQUIRED", "a backport says which version it is: the field version is required");
        }
        List<Manifest.ListedFile> files = FilesReader.files(root);
        root.optionalText("architecture", TEXT_MAX);
        root.optionalText("notes", NOTES_MAX);
        root.optionalDecimal("operating_threshold");
        root.optionalObject("framework").ifPresent(ManifestReader::framework);
        root.optionalObject("signature").ifPresent(ManifestReader::signature);
        FilesReader.variants(root, files);
        Optional<Manifest.ListedFile> predictions =
                root.optionalObject("metrics").flatMap(MetricsReader::metrics);
        Lineage lineage = root.optionalObject("lineage")
                .map(found -> LineageReader.lineage(found, violations))
                .orElse(Lineage.NONE);
        runId(root, lineage);
        root.finish();
        return new Manifest(document, model, label, version, backport, files, predictions, lineage);
    }

    private static String schema(String text) {
        if (!text.equals(Manifest.SCHEMA)) {
            throw new IllegalArgumentException("the schema is " + Manifest.SCHEMA);
        }
        return text;
    }

    private static void framework(ObjectReader framework) {
        framework.text("name", NAME_MAX);
        framework.optionalText("version", NAME_MAX);
        framework.finish();
    }

    private static void signature(ObjectReader signature) {
        for (String side : List.of("inputs", "outputs")) {
            for (ObjectReader column : signature.objects(side, LineageReader.FEATURES_MAX, "LIMIT")) {
                column.text("name", NAME_MAX);
                column.text("dtype", NAME_MAX);
                column.optional("shape").ifPresent(shape -> shape(column, shape));
                column.finish();
            }
        }
        signature.finish();
    }

    /** A shape is an array of whole numbers; null stands for a dimension that is free. */
    private static void shape(ObjectReader column, Json shape) {
        boolean dimensions = shape instanceof Json.Arr array
                && array.items().stream().allMatch(item -> item == Json.Nothing.NULL || dimension(item));
        if (!dimensions) {
            column.refuse("shape", "TYPE", "a shape is an array of whole numbers from 0, or null where it is free");
        }
    }

    private static boolean dimension(Json item) {
        return item instanceof Json.Num number
                && number.value().scale() <= 0
                && number.value().signum() >= 0;
    }

    private static void runId(ObjectReader root, Lineage lineage) {
        Optional<Sha256> declared = root.optionalParsed("run_id", "DIGEST_FORMAT", Sha256::new);
        declared.ifPresent(id -> {
            Optional<Sha256> computed = lineage.runId();
            if (!computed.equals(declared)) {
                String found = computed.map(Sha256::hex).orElse("none, as the lineage is incomplete");
                root.refuse("run_id", "RUN_ID_MISMATCH", "declared " + id.hex() + ", computed " + found);
            }
        });
    }
}
