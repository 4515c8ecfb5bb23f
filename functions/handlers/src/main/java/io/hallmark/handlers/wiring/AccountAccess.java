package io.hallmark.handlers.wiring;

import io.hallmark.aws.AwsAccount;
import io.hallmark.core.failure.RegistryFailure;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The account of whoever runs a command: the usual region and credentials, unless others are named. */
public final class AccountAccess {

    private final AwsAccount account;
    private final String region;

    private AccountAccess(AwsAccount account, String region) {
        this.account = account;
        this.region = region;
    }

    /**
     * Access as this profile in this region.
     *
     * @param environment {@code AWS_ENDPOINT_URL_CLOUDFORMATION} and {@code AWS_ENDPOINT_URL} work
     * @throws RegistryFailure.Malformed if no region is named anywhere
     */
    public static AccountAccess of(Map<String, String> environment, Optional<String> region, Optional<String> profile) {
        DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
        profile.ifPresent(credentials::profileName);
        String where = region.orElseGet(() -> usualRegion(profile));
        Optional<URI> endpoint = Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_CLOUDFORMATION"))
                .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
                .map(URI::create);
        return new AccountAccess(new AwsAccount(credentials.build(), where, endpoint), where);
    }

    private static String usualRegion(Optional<String> profile) {
        try {
            String name = profile.orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
            return DefaultAwsRegionProviderChain.builder()
                    .profileFile(ProfileFile::defaultProfileFile)
                    .profileName(name)
                    .build()
                    .getRegion()
                    .id();
        } catch (SdkClientException none) {
            throw new RegistryFailure.Malformed("AWS_REGION", "which region? Give --region or set AWS_REGION");
        }
    }

    /** The region that is asked. */
    public String region() {
        return region;
    }

    /**
     * What a stack is and says.
     *
     * @throws RegistryFailure.NotFound if there is none of this name
     * @throws RegistryFailure.NotAllowed without credentials that may look at it
     */
    public Stack stack(String name) {
        AwsAccount.Stack found = account.stack(name);
        return new Stack(found.status(), found.outputs());
    }

    /** A stack's status and outputs. */
    public record Stack(String status, Map<String, String> outputs) {

        public Stack {
            outputs = Map.copyOf(outputs);
        }
    }

    /** The headers that sign a request to an HTTP API. */
    public Map<String, String> apiHeaders(String method, URI address, String contentType, byte[] body) {
        return account.apiHeaders(method, address, contentType, body);
    }
}
