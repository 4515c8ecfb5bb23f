package io.hallmark.core.service.intake;

import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.lineage.ManifestReader;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.SetRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets: a manifest and its files, in any order. A manifest finds its files by path and content, so a folder may be used
 * again: a corrected file or a corrected manifest under the same key is simply one more to choose from, and whoever
 * completes a set, whatever came first, registers it.
 */
final class SetIntake {

    static final int WRITES_PER_FILE = 2;
    static final String LISTED = "listed in the manifest of the version";

    private static final int MANIFESTS_MAX = 100;
    private static final int FILES_MAX = 100_000;
    private static final int PROBES = 4;

    private final Table table;
    private final Ledger ledger;
    private final Documents documents;
    private final VersionWriter versions;
    private final SetSettlement settlement;

    SetIntake(IntakeParts parts, Documents documents, Ledger ledger, VersionWriter versions) {
        this.table = parts.table();
        this.ledger = ledger;
        this.documents = documents;
        this.versions = versions;
        this.settlement = new SetSettlement(parts, documents, ledger);
    }

    /** A manifest that speaks for its set, with its content. */
    record Speaking(SetRows.Member member, UploadRecord entry, Manifest manifest) {}

    /** Continues with a hashed file: it may be the last one that a manifest waits for, or come after the decision. */
    void continueWithFile(SetRows.SetName set, String path) {
        boolean registered = false;
        for (Speaking speaking : speaking(set)) {
            if (!speaking.entry().state().terminal() && waitsFor(set, speaking.manifest(), path)) {
                registered |= complete(set, speaking);
            }
        }
        settle(set, registered ? Optional.empty() : Optional.of(path));
    }

    /** Continues with a manifest: its files may all be there. Then every file of the set follows the decision. */
    void continueWithManifest(SetRows.SetName set, Sha256 uploadId) {
        speaking(set).stream()
                .filter(speaking -> speaking.member().uploadId().equals(uploadId))
                .filter(speaking -> !speaking.entry().state().terminal())
                .forEach(speaking -> complete(set, speaking));
        settle(set, Optional.empty());
    }

    /** Lets the files follow what was decided; all of them, or those under one path. */
    void settle(SetRows.SetName set, Optional<String> path) {
        List<Speaking> speaking = speaking(set);
        List<SetRows.Member> files = path.map(only -> SetRows.files(table, set, only, FILES_MAX))
                .orElseGet(() -> SetRows.files(table, set, FILES_MAX));
        settlement.follow(set, speaking, files);
        if (path.isEmpty()) {
            speaking.stream()
                    .map(Speaking::entry)
                    .filter(UploadRecord::unsettled)
                    .forEach(entry -> ledger.commit(
                            entry.id(),
                            List.of(UploadRows.put(entry.unsettled(false).rewritten()))));
        }
    }

    /** What a manifest still waits for, as a sentence; empty if all its files are there. */
    Optional<String> waitsFor(SetRows.SetName set, Manifest manifest) {
        Map<String, List<SetRows.Member>> arrived = byPath(SetRows.files(table, set, FILES_MAX));
        List<Manifest.ListedFile> missing = manifest.files().stream()
                .filter(file -> choose(file, arrived.getOrDefault(file.path(), List.of()))
                        .isEmpty())
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.size() + " of " + manifest.files().size()
                        + " files have not arrived as the manifest lists them, the first is "
                        + missing.get(0).path());
    }

    /** The manifests of a set. One whose object is gone before it was complete speaks no more. */
    List<Speaking> speaking(SetRows.SetName set) {
        List<Speaking> speaking = new ArrayList<>();
        for (SetRows.Member member : SetRows.manifests(table, set, MANIFESTS_MAX)) {
            Optional<UploadRecord> entry = ledger.find(member.uploadId());
            if (entry.isEmpty()) {
                continue;
            }
            Optional<Manifest> manifest = documents.manifest(member.object()).or(() -> ofVersion(set, entry.get()));
            if (manifest.isPresent()) {
                speaking.add(new Speaking(member, entry.get(), manifest.get()));
            } else if (!entry.get().state().terminal()) {
                ledger.conclude(
                        entry.get(),
                        LedgerState.VANISHED,
                        "VANISHED",
                        "the manifest was deleted before its files were complete",
                        SetRows.removeManifest(set, member.uploadId()));
            }
        }
        return speaking;
    }

    /** A manifest that was registered speaks on, even if its object was deleted since. */
    private Optional<Manifest> ofVersion(SetRows.SetName set, UploadRecord entry) {
        return entry.number()
                .flatMap(number -> VersionRows.find(table, set.model(), number))
                .map(version -> ManifestReader.read(documents.manifest(version)));
    }

    private boolean complete(SetRows.SetName set, Speaking speaking) {
        Map<String, List<SetRows.Member>> arrived = byPath(SetRows.files(table, set, FILES_MAX));
        List<FileEntry> files = new ArrayList<>();
        for (Manifest.ListedFile listed : speaking.manifest().files()) {
            Optional<SetRows.Member> chosen = choose(listed, arrived.getOrDefault(listed.path(), List.of()));
            if (chosen.isEmpty()) {
                return false;
            }
            Digests known = chosen.get().digests().declared(listed.sha256());
            files.add(new FileEntry(
                    listed.path(),
                    listed.size(),
                    listed.sha256(),
                    chosen.get().object(),
                    FileEntry.Role.ARTIFACT,
                    known.flat().orElseThrow().by(),
                    known.tree()));
        }
        Candidate candidate =
                new Candidate(set.model(), speaking.manifest(), files, speaking.entry(), Optional.of(set));
        return versions.register(candidate).number().isPresent();
    }

    /**
     * Whether it is worth looking at all files: this one is listed, and the next few listed after it are there. Files
     * arrive mostly in order, so the one after the newest is the one that is missing.
     */
    private boolean waitsFor(SetRows.SetName set, Manifest manifest, String path) {
        List<Manifest.ListedFile> files = manifest.files();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).path().equals(path)) {
                for (int probe = 0; probe <= PROBES; probe++) {
                    Manifest.ListedFile listed = files.get((i + probe) % files.size());
                    if (choose(listed, SetRows.files(table, set, listed.path(), FILES_MAX))
                            .isEmpty()) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** The newest object version with exactly the listed bytes, or else the newest that may have them. */
    private Optional<SetRows.Member> choose(Manifest.ListedFile listed, List<SetRows.Member> versions) {
        return versions.stream()
                .filter(version -> version.size() == listed.size())
                .map(this::asDeclared)
                .filter(version ->
                        version.digests().sha256().orElse(listed.sha256()).equals(listed.sha256()))
                .max(java.util.Comparator.comparing(SetIntake::certainty)
                        .thenComparing(SetRows.Member::lastModified)
                        .thenComparing(version -> version.uploadId().hex()));
    }

    /** Another manifest may have declared the digest of a file that nobody has read; only the ledger has that. */
    private SetRows.Member asDeclared(SetRows.Member version) {
        return version.digests().flat().isPresent()
                ? version
                : ledger.find(version.uploadId())
                        .map(entry -> version.with(entry.digests()))
                        .orElse(version);
    }

    private static int certainty(SetRows.Member version) {
        return version.digests().flatVerified() ? 2 : version.digests().flat().isPresent() ? 1 : 0;
    }

    private static Map<String, List<SetRows.Member>> byPath(List<SetRows.Member> files) {
        Map<String, List<SetRows.Member>> byPath = new HashMap<>();
        files.forEach(file ->
                byPath.computeIfAbsent(file.path(), path -> new ArrayList<>()).add(file));
        return byPath;
    }
}
