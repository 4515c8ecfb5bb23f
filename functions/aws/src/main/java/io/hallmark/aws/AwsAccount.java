package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * What a person or a pipeline does with an account: look at a stack, and sign requests to an HTTP API. DescribeStacks is one
 * signed request here, so that no function carries a client of CloudFormation.
 */
public final class AwsAccount {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int ANSWER_BYTES_MAX = 4 << 20;
    private static final int FORBIDDEN = 403;

    private final AwsCredentialsProvider credentials;
    private final String region;
    private final Optional<URI> endpoint;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * An account in one region.
     *
     * @param endpoint where CloudFormation answers, if not at AWS
     */
    public AwsAccount(AwsCredentialsProvider credentials, String region, Optional<URI> endpoint) {
        this.credentials = credentials;
        this.region = region;
        this.endpoint = endpoint;
    }

    /** A stack's status and outputs. */
    public record Stack(String status, Map<String, String> outputs) {

        public Stack {
            outputs = Map.copyOf(outputs);
        }
    }

    /**
     * The stack of this name or ARN.
     *
     * @throws RegistryFailure.NotFound if there is none
     * @throws RegistryFailure.NotAllowed if there are no credentials, or they may not look at it
     */
    public Stack stack(String name) {
        String form =
                "Action=DescribeStacks&Version=2010-05-15&StackName=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        URI address = endpoint.orElseGet(() -> URI.create("https://cloudformation." + region + "." + suffix(region)))
                .resolve("/");
        SdkHttpRequest request = sign("POST", address, FORM, body, "cloudformation");
        try (SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(TIMEOUT)
                .socketTimeout(TIMEOUT)
                .build()) {
            HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(request)
                            .contentStreamProvider(() -> new ByteArrayInputStream(body))
                            .build())
                    .call();
            StackXml xml = StackXml.read(bytes(answer));
            return answer.httpResponse().isSuccessful()
                    ? xml.stack()
                    : refused(name, answer.httpResponse().statusCode(), xml);
        } catch (IOException unanswered) {
            throw new RegistryFailure.Unavailable(
                    "CloudFormation did not answer in " + region + ": " + unanswered.getMessage(),
                    RETRY_AFTER,
                    unanswered);
        }
    }

    private static byte[] bytes(HttpExecuteResponse answer) throws IOException {
        if (answer.responseBody().isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = answer.responseBody().get()) {
            return in.readNBytes(ANSWER_BYTES_MAX);
        }
    }

    private Stack refused(String name, int status, StackXml xml) {
        String code = xml.text("Code");
        if (code.equals("ValidationError") && xml.text("Message").contains("does not exist")) {
            throw new RegistryFailure.NotFound("stack", name + " in " + region);
        }
        if (status == FORBIDDEN) {
            throw new RegistryFailure.NotAllowed("AWS_ACCESS_DENIED", "AWS does not allow this: " + code);
        }
        throw new RegistryFailure.Unavailable("CloudFormation answered " + status + " " + code, RETRY_AFTER);
    }

    /**
     * The headers that make a request to an HTTP API of this account the caller's own.
     *
     * @param contentType of the body, empty if there is none
     * @throws RegistryFailure.NotAllowed if there are no credentials
     */
    public Map<String, String> apiHeaders(String method, URI address, String contentType, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        sign(method, address, contentType, body, "execute-api").forEachHeader((name, values) -> {
            // What the client sets itself is signed as it will set it.
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Type")) {
                headers.put(name, String.join(",", values));
            }
        });
        return headers;
    }

    private SdkHttpRequest sign(String method, URI address, String contentType, byte[] body, String service) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(address);
        if (!contentType.isEmpty()) {
            request.putHeader("Content-Type", contentType);
        }
        SignedRequest signed = signer.sign(sign -> sign.identity(identity())
                .request(request.build())
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        return signed.request();
    }

    private AwsCredentialsIdentity identity() {
        try {
            return credentials.resolveCredentials();
        } catch (SdkClientException none) {
            throw new RegistryFailure.NotAllowed(
                    "AWS_CREDENTIALS",
                    "no AWS credentials: sign in with 'aws login' or 'aws sso login', give --profile, or set"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
    }

    private static String suffix(String region) {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }
}
