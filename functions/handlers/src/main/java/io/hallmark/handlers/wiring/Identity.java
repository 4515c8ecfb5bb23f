package io.hallmark.handlers.wiring;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Where credentials come from. The variables say which place it is, so the one right provider is taken without a walk
 * through the whole chain: a plain function has keys in its variables; one restored from a snapshot has the address of
 * the container's credentials instead, which are asked for again as they expire ("Improving startup performance with
 * Lambda SnapStart"); elsewhere the chain decides.
 */
final class Identity {

    private Identity() {}

    static AwsCredentialsProvider of(Map<String, String> environment) {
        if (environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
            return ContainerCredentialsProvider.create();
        }
        return environment.containsKey("AWS_ACCESS_KEY_ID")
                ? EnvironmentVariableCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    /** For requests that stay within the process. */
    static AwsCredentialsProvider nobody() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("REHEARSAL", "rehearsal"));
    }
}
