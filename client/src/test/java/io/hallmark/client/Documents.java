package io.hallmark.client;

import io.hallmark.client.json.JsonValue;

/** Route documents for tests. */
final class Documents {

    /** A document with a digest that another implementation computed. */
    static final String GOLDEN = """
            {"schema": 1, "model": "fraud", "target": "eu-prod", "routeRevision": 42, "promotionId": "p-01",
             "baseline": {"number": 126, "version": "126.0.0", "artifact": "s3://b/k?versionId=1", "sha256": "%s"},
             "candidate": {"number": 127, "version": "127.0.0", "artifact": "s3://b/k?versionId=2", "sha256": "%s"},
             "weightsBps": {"126.0.0": 9500, "127.0.0": 500}, "shadow": {"version": null, "samplingBps": 0},
             "assignment": {"unit": "request.userId", "salt": "p-01",
               "rule": "candidate iff uint32(sha256(salt+':'+unit)[0..3]) mod 10000 < bps"},
             "issuedAt": "2026-11-21T10:00:00Z",
             "digest": "30000952df728495dbf4c0f641a29f62f251cc77e026f74ea9e6c8211d935a69"}""".formatted("a".repeat(64), "b".repeat(64));

    private Documents() {}

    /** The golden document under another revision and share, digest renewed. */
    static String revised(long revision, int candidateBps) {
        JsonValue changed = JsonValue.parse(GOLDEN)
                .without("digest")
                .with("routeRevision", revision)
                .with(
                        "weightsBps",
                        JsonValue.object()
                                .with("126.0.0", 10_000 - candidateBps)
                                .with("127.0.0", candidateBps));
        return sealed(changed);
    }

    static String sealed(JsonValue document) {
        return document.with("digest", Digests.ofCanonical(document)).write();
    }
}
