package io.hallmark.aws;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Answers every request of the SDK within the process, as an empty registry would: no row, every write taken, every object
 * one byte long. So a function can walk its whole way once, marshalling and signing included, without touching anything
 * outside. (Before a snapshot is taken, and to record which classes a function needs.)
 */
public final class RehearsalHttp implements SdkHttpClient {

    private static final String NOTHING_LISTED = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>";
    private static final int PARTIAL = 206;
    private static final String NOTHING_FOUND = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest asked = request.httpRequest();
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return answer(asked);
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    private static HttpExecuteResponse answer(SdkHttpRequest asked) {
        Optional<String> target = asked.firstMatchingHeader("X-Amz-Target");
        if (target.isPresent()) {
            return json(target.get().endsWith(".Query") ? NOTHING_FOUND : "{}");
        }
        boolean listing = asked.rawQueryParameters().containsKey("versions");
        return listing ? bytes(head(), NOTHING_LISTED, false) : object(asked);
    }

    private static HttpExecuteResponse object(SdkHttpRequest asked) {
        SdkHttpMethod method = asked.method();
        SdkHttpResponse.Builder head = head().putHeader("ETag", "\"7215ee9c7d9dc229d2921a40e899ec5f\"")
                .putHeader("Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT")
                .putHeader("x-amz-version-id", "rehearsal");
        if (asked.firstMatchingHeader("Range").isPresent()) {
            head.statusCode(PARTIAL).putHeader("Content-Range", "bytes 0-0/1");
        }
        return bytes(head, method == SdkHttpMethod.PUT ? "" : " ", method == SdkHttpMethod.HEAD);
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
