package io.hallmark.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Answers every request of the SDK within the process, as a registry that begins empty: every write is taken, and a row is
 * found again; every object has the name of its version as content. So a function can walk its whole way, marshalling and
 * signing included, without touching anything outside. (Before a snapshot is taken, and to record which classes a function
 * needs.)
 */
public final class RehearsalHttp implements SdkHttpClient {

    private static final String NOTHING_LISTED = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>";
    private static final int PARTIAL = 206;

    private final RehearsalRows rows = new RehearsalRows();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest asked = request.httpRequest();
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return answer(asked, request.contentStreamProvider());
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    private HttpExecuteResponse answer(SdkHttpRequest asked, Optional<ContentStreamProvider> content) {
        Optional<String> target = asked.firstMatchingHeader("X-Amz-Target");
        if (target.isPresent()) {
            String operation = target.get().substring(target.get().indexOf('.') + 1);
            return json(rows.answer(operation, content.map(RehearsalHttp::text).orElse("")));
        }
        boolean listing = asked.rawQueryParameters().containsKey("versions");
        return listing ? bytes(head(), NOTHING_LISTED, false) : object(asked);
    }

    private static String text(ContentStreamProvider content) {
        try (InputStream in = content.newStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a request that is in memory cannot be read", impossible);
        }
    }

    private static HttpExecuteResponse object(SdkHttpRequest asked) {
        SdkHttpMethod method = asked.method();
        String text = asked.firstMatchingRawQueryParameter("versionId").orElse(" ");
        SdkHttpResponse.Builder head = head().putHeader("ETag", "\"7215ee9c7d9dc229d2921a40e899ec5f\"")
                .putHeader("Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT")
                .putHeader("x-amz-version-id", "rehearsal");
        if (asked.firstMatchingHeader("Range").isPresent()) {
            head.statusCode(PARTIAL).putHeader("Content-Range", "bytes 0-" + (text.length() - 1) + "/" + text.length());
        }
        return bytes(head, method == SdkHttpMethod.PUT ? "" : text, method == SdkHttpMethod.HEAD);
    }

    private static HttpExecuteResponse json(String text) {
        return bytes(head().putHeader("Content-Type", "application/x-amz-json-1.0"), text, false);
    }

    private static SdkHttpResponse.Builder head() {
        return SdkHttpFullResponse.builder().statusCode(200);
    }

    private static HttpExecuteResponse bytes(SdkHttpResponse.Builder head, String text, boolean headOnly) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder()
                .response(head.putHeader("Content-Length", String.valueOf(body.length))
                        .build());
        return headOnly
                ? answer.build()
                : answer.responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                        .build();
    }

    @Override
    public String clientName() {
        return "Rehearsal";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
