package io.hallmark.core.lineage;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lineage of a manifest. */
final class LineageReader {

    static final int FEATURES_MAX = 2000;
    /** Each is an edge, and all edges of a version are written in its one transaction of at most 100 writes. */
    static final int DATA_MAX = 64;

    static final int PARENTS_MAX = 16;
    private static final int PARAMS_MAX = 1000;
    private static final int SEEDS_MAX = 256;
    private static final int LIBRARIES_MAX = 2000;
    private static final int ID_MAX = 400;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private LineageReader() {}

    static Lineage lineage(ObjectReader reader, List<Violation> violations) {
        Optional<Lineage.Code> code = reader.optionalObject("code").flatMap(LineageReader::code);
        List<String> dataIds = data(reader);
        features(reader);
        Optional<Json.Obj> params = params(reader);
        Optional<ObjectReader> environment = reader.optionalObject("environment");
        Optional<String> lock = environment.flatMap(found -> found.optionalParsed(
                "lock", "DIGEST_FORMAT", text -> Sha256.ofPrefixed(text).prefixed()));
        Optional<String> image = environment.flatMap(found -> found.optionalText("image", ID_MAX));
        environment.ifPresent(LineageReader::environment);
        reader.optionalObject("seeds").ifPresent(LineageReader::seeds);
        reader.optionalObject("hardware").ifPresent(LineageReader::hardware);
        long attempt = reader.optionalInteger("attempt", 1, Integer.MAX_VALUE).orElse(1L);
        List<Parent> parents = parents(reader);
        reader.finish();
        return new Lineage(
                code,
                dataIds,
                items(reader, "features"),
                params,
                lock,
                image,
                object(reader, "seeds"),
                object(reader, "hardware"),
                attempt,
                parents);
    }

    private static Optional<Lineage.Code> code(ObjectReader reader) {
        Optional<String> repository = reader.optionalText("repository", ID_MAX);
        Optional<String> commit = reader.optionalParsed("commit", "COMMIT_FORMAT", LineageReader::commit);
        boolean dirty = reader.optionalFlag("dirty").orElse(false);
        Optional<Sha256> diff = reader.optionalParsed("diff", "DIGEST_FORMAT", LineageReader::digest);
        if (dirty && !reader.names().contains("diff")) {
            reader.refuse("diff", "REQUIRED", "a dirty tree says what differs: the SHA-256 of the diff is required");
        }
        if (!dirty && diff.isPresent()) {
            reader.refuse("diff", "UNKNOWN_FIELD", "a clean tree has no diff");
        }
        reader.finish();
        return commit.map(known -> new Lineage.Code(repository, known, diff));
    }

    private static String commit(String text) {
        if (!COMMIT.matcher(text).matches()) {
            throw new IllegalArgumentException("a commit is 40 or 64 lowercase hex digits");
        }
        return text;
    }

    /** With or without its prefix. */
    private static Sha256 digest(String text) {
        return text.startsWith(Sha256.PREFIX) ? Sha256.ofPrefixed(text) : new Sha256(text);
    }

    private static List<String> data(ObjectReader reader) {
        List<String> ids = new ArrayList<>();
        for (ObjectReader snapshot : reader.optionalObjects("data", DATA_MAX, "LIMIT")) {
            snapshot.text("id", ID_MAX).ifPresent(id -> {
                if (id.isEmpty()) {
                    snapshot.refuse("id", "REQUIRED", "a data snapshot has an id");
                } else if (ids.contains(id)) {
                    snapshot.refuse("id", "DUPLICATE", "this snapshot is listed before");
                } else {
                    ids.add(id);
                }
            });
            snapshot.optionalObject("window").ifPresent(LineageReader::window);
            snapshot.optionalInteger("rows", 0, CanonicalJson.INTEGER_MAX);
            snapshot.finish();
        }
        return List.copyOf(ids);
    }

    private static void window(ObjectReader window) {
        Optional<Instant> from = window.parsed("from", "TIME_FORMAT", LineageReader::instant);
        Optional<Instant> to = window.parsed("to", "TIME_FORMAT", LineageReader::instant);
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            window.refuse("to", "RANGE", "the window ends at " + to.get() + ", before it begins at " + from.get());
        }
        window.finish();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("a time is ISO 8601 in UTC, such as 2026-11-21T10:00:00Z", wrong);
        }
    }

    private static void features(ObjectReader reader) {
        List<String> names = new ArrayList<>();
        for (ObjectReader feature : reader.optionalObjects("features", FEATURES_MAX, "LIMIT")) {
            feature.text("name", ManifestReader.NAME_MAX).ifPresent(name -> {
                if (names.contains(name)) {
                    feature.refuse("name", "DUPLICATE", "this feature is listed before");
                }
                names.add(name);
            });
            feature.optionalText("version", ManifestReader.NAME_MAX);
            feature.optionalText("dtype", ManifestReader.NAME_MAX);
            feature.optionalText("definition", ManifestReader.TEXT_MAX);
            feature.finish();
        }
    }

    private static Optional<Json.Obj> params(ObjectReader reader) {
        Optional<Json> found = reader.optional("params");
        found.filter(params -> !(params instanceof Json.Obj))
                .ifPresent(params -> reader.refuse("params", "TYPE", "expected an object, found " + params.kind()));
        Optional<Json.Obj> params = found.filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
        params.filter(object -> object.fields().size() > PARAMS_MAX)
                .ifPresent(object ->
                        reader.refuse("params", "LIMIT", object.fields().size() + " params; at most " + PARAMS_MAX));
        return params;
    }

    private static void environment(ObjectReader environment) {
        environment.optionalText("python", ManifestReader.NAME_MAX);
        environment.optionalObject("libraries").ifPresent(libraries -> {
            if (libraries.names().size() > LIBRARIES_MAX) {
                environment.refuse("libraries", "LIMIT", libraries.names().size() + " of at most " + LIBRARIES_MAX);
            } else {
                libraries.names().forEach(name -> libraries.text(name, ManifestReader.NAME_MAX));
            }
        });
        environment.finish();
    }

    /** Seeds are whole numbers that every JSON reader keeps exactly, up to 2^53 - 1 (RFC 7493). */
    private static void seeds(ObjectReader seeds) {
        if (seeds.names().size() > SEEDS_MAX) {
            String first = seeds.names().iterator().next();
            seeds.refuse(first, "LIMIT", seeds.names().size() + " seeds; at most " + SEEDS_MAX);
            return;
        }
        for (String name : seeds.names()) {
            boolean whole = seeds.required(name)
                    .filter(seed -> seed instanceof Json.Num number
                            && number.value().scale() <= 0
                            && number.value().abs().compareTo(java.math.BigDecimal.valueOf(CanonicalJson.INTEGER_MAX))
                                    <= 0)
                    .isPresent();
            if (!whole) {
                seeds.refuse(name, "TYPE", "a seed is a whole number of at most 2^53 - 1");
            }
        }
    }

    private static void hardware(ObjectReader hardware) {
        hardware.optionalText("cpu_model", ManifestReader.NAME_MAX);
        hardware.optionalInteger("cores", 1, 1_000_000);
        hardware.optionalInteger("memory_bytes", 0, CanonicalJson.INTEGER_MAX);
        hardware.optionalTexts("accelerators", 1024, ManifestReader.NAME_MAX);
        hardware.finish();
    }

    private static List<Parent> parents(ObjectReader reader) {
        List<Parent> parents = new ArrayList<>();
        for (ObjectReader parent : reader.optionalObjects("parents", PARENTS_MAX, "LIMIT")) {
            Optional<ModelName> model = parent.parsed("model", "NAME_CHARS", ModelName::new);
            Optional<String> version = parent.required("version").flatMap(given -> version(parent, given));
            parent.finish();
            model.ifPresent(name ->
                    version.ifPresent(text -> parents.add(new Parent(name, text, parent.pointerTo("version")))));
        }
        return List.copyOf(parents);
    }

    /** A version number as a number, or a semantic version as a string. */
    private static Optional<String> version(ObjectReader parent, Json given) {
        if (given instanceof Json.Num) {
            return parent.integer("version", 1, Integer.MAX_VALUE).map(String::valueOf);
        }
        return parent.parsed("version", "VERSION_FORMAT", io.hallmark.core.model.SemanticVersion::parse)
                .map(String::valueOf);
    }

    private static List<Json> items(ObjectReader reader, String name) {
        return reader.optional(name)
                .filter(Json.Arr.class::isInstance)
                .map(array -> ((Json.Arr) array).items())
                .orElse(List.of());
    }

    private static Json.Obj object(ObjectReader reader, String name) {
        return reader.optional(name)
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .orElse(Json.object());
    }
}
