package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has arrived of a set, found by one consistent query: each manifest and each file, a row per object version.
 * A row is written in the transaction of its ledger entry; so of a file and a manifest that arrive at the same moment, the
 * later one sees the other.
 */
public final class SetRows {

    private static final String MANIFEST = "M#";
    private static final String FILE = "F#";
    private static final int PAGE = 1000;

    private SetRows() {}

    /** The folder that the files of one upload share. */
    public record SetName(String bucket, ModelName model, UploadName upload) {

        String partition() {
            return "UPLOADSET#" + bucket + "#" + model + "#" + upload;
        }
    }

    /** One object version in a set, with what is known of its bytes; of a manifest the path is the manifest's. */
    public record Member(
            Sha256 uploadId, String path, long size, Digests digests, ObjectVersion object, Instant lastModified) {

        public Member with(Digests known) {
            return new Member(uploadId, path, size, known, object, lastModified);
        }
    }

    public static Write putManifest(SetName set, Member manifest) {
        return Write.put(new Item(manifestKey(set, manifest.uploadId()), encode(manifest)), Condition.absent());
    }

    /** The manifest no longer speaks for its set. */
    public static Write removeManifest(SetName set, Sha256 uploadId) {
        return Write.delete(manifestKey(set, uploadId));
    }

    public static Write putFile(SetName set, Member file) {
        return Write.put(new Item(fileKey(set, file), encode(file)), Condition.absent());
    }

    /** The write that says what is known of the bytes of a file that has arrived. */
    public static Write rewriteFile(SetName set, Member file) {
        return Write.put(new Item(fileKey(set, file), encode(file)), Condition.present());
    }

    private static Key fileKey(SetName set, Member file) {
        return new Key(
                set.partition(), FILE + file.path() + "#" + file.uploadId().hex());
    }

    /** All manifests that speak for the set, in the order of their row keys. */
    public static List<Member> manifests(Table table, SetName set, int countMax) {
        return read(table, Query.prefix(set.partition(), MANIFEST, Math.min(PAGE, countMax)), countMax);
    }

    /** All versions of all files. */
    public static List<Member> files(Table table, SetName set, int countMax) {
        return read(table, Query.prefix(set.partition(), FILE, PAGE), countMax);
    }

    /** All versions of one file. */
    public static List<Member> files(Table table, SetName set, String path, int countMax) {
        return read(table, Query.prefix(set.partition(), FILE + path + "#", PAGE), countMax).stream()
                .filter(file -> file.path().equals(path))
                .toList();
    }

    private static List<Member> read(Table table, Query first, int countMax) {
        List<Member> members = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = table.query(first.after(cursor));
            page.items().forEach(item -> members.add(decode(item)));
            cursor = page.next();
        } while (cursor.isPresent() && members.size() < countMax);
        return List.copyOf(members);
    }

    private static Key manifestKey(SetName set, Sha256 uploadId) {
        return new Key(set.partition(), MANIFEST + uploadId.hex());
    }

    private static Json.Obj encode(Member member) {
        Json.Obj row = Json.object()
                .with("uploadId", member.uploadId().hex())
                .with("path", member.path())
                .with("size", member.size());
        return DigestFields.write(row, member.digests())
                .with("object", VersionRows.object(member.object()))
                .with("lastModified", member.lastModified().toString());
    }

    private static Member decode(Item item) {
        Json.Obj row = item.attributes();
        return new Member(
                new Sha256(row.text("uploadId")),
                row.text("path"),
                row.integer("size"),
                DigestFields.read(row),
                VersionRows.object(row.object("object")),
                Instant.parse(row.text("lastModified")));
    }
}
