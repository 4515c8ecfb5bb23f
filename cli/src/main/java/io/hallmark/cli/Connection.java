package io.hallmark.cli;

import io.hallmark.client.Authorization;
import io.hallmark.client.Endpoint;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has: which registry, and in which form to answer. */
final class Connection {

    static final String URL = "HALLMARK_URL";
    static final String TOKEN = "HALLMARK_TOKEN";
    private static final String JSON = "json";

    private final Map<String, String> given = new HashMap<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the registry (else HALLMARK_URL, else .hallmark/credentials.json here or above)")
    void url(String url) {
        given.put(URL, url);
    }

    @Option(names = "--token", paramLabel = "TOKEN", description = "its token (else HALLMARK_TOKEN, else as above)")
    void token(String token) {
        given.put(TOKEN, token);
    }

    @Option(names = "--json", description = "answer in JSON")
    void json(boolean json) {
        given.put(JSON, Boolean.toString(json));
    }

    boolean json() {
        return Boolean.parseBoolean(given.get(JSON));
    }

    Registry registry(Surroundings around) {
        Optional<String> url = find(URL, around);
        Optional<String> token = find(TOKEN, around);
        Optional<Credentials> file =
                url.isPresent() && token.isPresent() ? Optional.empty() : Credentials.nearest(around.folder());
        URI base = address(url.or(() -> file.map(Credentials::url))
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        "which registry? Start one with 'hallmark up', name a stack with 'hallmark configure', or give --url"
                                + " and --token (or set " + URL + " and " + TOKEN + ")")));
        boolean itsUrl = url.isEmpty() || file.map(Credentials::url).equals(url.map(Connection::bare));
        Optional<Cloud.Account> iam = token.isPresent() || !itsUrl ? Optional.empty() : file.flatMap(Credentials::iam);
        return new Registry(new Endpoint(
                base,
                iam.map(around.cloud()::signing)
                        .orElseGet(() -> Authorization.bearer(token.or(() -> file.flatMap(Credentials::token))
                                .orElseThrow(() -> new CliFailure(
                                        ExitCode.NOT_ALLOWED, "no token: give --token or set " + TOKEN))))));
    }

    private Optional<String> find(String name, Surroundings around) {
        return Optional.ofNullable(given.get(name))
                .or(() -> Optional.ofNullable(around.environment().get(name)))
                .filter(value -> !value.isBlank());
    }

    /** An address without its last slash. */
    static String bare(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static URI address(String url) {
        String bare = bare(url);
        if (!bare.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new CliFailure(ExitCode.USAGE, "not an http(s) address: " + url);
        }
        return URI.create(bare);
    }
}
