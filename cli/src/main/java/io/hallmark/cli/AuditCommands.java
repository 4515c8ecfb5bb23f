package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit}: who moved what, when and why, and whether the record is whole. */
@Command
final class AuditCommands {

    private static final int PAGE = 100;
    private static final int ENTRIES_MAX = 100_000;

    private final Surroundings around;

    AuditCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = {
                "Show the audit chain of a scope: model:MODEL or target:TARGET:MODEL.",
                "With --verify every hash is computed here, whatever the registry says of itself, and the chain is held",
                "against the signed digests that cover it; --key names the public key that must have signed them."
            })
    int audit(
            @Mixin Connection connection,
            @Parameters(paramLabel = "SCOPE") String scope,
            @Option(names = "--verify", description = "compute the chain") boolean verify,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description = "public key of the digests, PEM; the one of the registry if not given")
                    Optional<Path> key)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        Chain chain = read(registry, scope);
        List<String> lines = new ArrayList<>();
        for (JsonValue entry : chain.entries()) {
            JsonValue body = entry.at("body");
            lines.add(entry.at("seq").textOr("?") + "  " + body.at("at").textOr("?") + "  "
                    + body.at("actor").textOr("?") + "  " + body.at("action").textOr("?") + "  "
                    + body.at("reason").textOr(""));
        }
        JsonValue document = JsonValue.object()
                .with("scope", scope)
                .with("head", chain.head())
                .with("entries", JsonValue.array(chain.entries()));
        Screen screen = new Screen(around, connection.json());
        if (!verify) {
            screen.result(document, lines);
            return ExitCode.DONE.code();
        }
        ChainCheck.Finding finding = ChainCheck.verify(scope, chain.entries(), chain.head());
        lines.add(finding.sentence());
        Optional<String> trusted = key.map(file -> pem(around.folder().resolve(file)));
        DigestCheck.Finding signed = new DigestCheck(registry, trusted).verify(scope, chain.entries(), chain.digest());
        lines.addAll(signed.sentences());
        boolean holds = finding.intact() && signed.holds();
        screen.result(
                document.with("intact", finding.intact())
                        .with("finding", finding.sentence())
                        .with("signed", signed.holds())
                        .with("digests", String.join("; ", signed.sentences())),
                lines);
        return (holds ? ExitCode.DONE : ExitCode.REFUSED).code();
    }

    private static String pem(Path file) {
        try {
            return Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        } catch (IOException cannot) {
            throw new CliFailure(ExitCode.USAGE, "cannot read the key in " + file + ": " + cannot.getMessage());
        }
    }

    /** All entries of a scope, and the head and the newest digest as the registry names them. */
    record Chain(List<JsonValue> entries, JsonValue head, JsonValue digest) {}

    static Chain read(Registry registry, String scope) throws InterruptedException {
        List<JsonValue> entries = new ArrayList<>();
        JsonValue head = JsonValue.MISSING;
        JsonValue digest = JsonValue.MISSING;
        List<JsonValue> page;
        do {
            JsonValue answer = registry.get(
                    "/v1/audit/" + Registry.segment(scope) + "?from=" + (entries.size() + 1) + "&limit=" + PAGE);
            page = answer.at("entries").items();
            head = answer.at("head");
            digest = answer.at("digest");
            entries.addAll(page);
        } while (page.size() == PAGE && entries.size() < ENTRIES_MAX);
        return new Chain(entries, head, digest);
    }
}
