package io.hallmark.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The endpoint that the suites of the AWS adapters run against, as an extension of a test class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final AwsEndpoint AWS = new AwsEndpoint();
 * }</pre>
 *
 * It is what {@code AWS_ENDPOINT_URL} names; else a {@code moto_server} started from the PATH, one per test run, emptied
 * before each class; else LocalStack in Docker, where the Maven profile {@code localstack} brings it. With none of these
 * the class is skipped, and says so. Names of tables and buckets should come from {@link #uniqueName}, because an
 * endpoint that was named is not emptied.
 */
public final class AwsEndpoint implements BeforeAllCallback {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    /** The kinds of endpoint. */
    public enum Peer {
        /** Whatever {@code AWS_ENDPOINT_URL} names, if it is not moto. */
        NAMED,
        MOTO,
        LOCALSTACK
    }

    /** A running endpoint. */
    public interface Running {

        Peer peer();

        URI uri();

        /** Forgets all state, where the endpoint is ours to empty. */
        void reset();
    }

    /** Another way to get an endpoint, found by {@link ServiceLoader}. */
    public interface Provider {

        /** Starts the endpoint, or reuses the one of this run; empty if this machine cannot. */
        Optional<Running> start();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Running> found = Endpoints.find();
        if (found.isEmpty()) {
            System.out.println("SKIPPED: " + context.getRequiredTestClass().getSimpleName()
                    + " (no AWS_ENDPOINT_URL, no moto_server, -Plocalstack not active or without Docker)");
        }
        Assumptions.assumeTrue(found.isPresent(), "no AWS endpoint on this machine");
        found.ifPresent(Running::reset);
    }

    public Peer peer() {
        return running().peer();
    }

    public URI uri() {
        return running().uri();
    }

    /** Clients of this endpoint. */
    public AwsClients clients() {
        return new AwsClients(
                Region.US_EAST_1,
                Optional.of(uri()),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
                CALL_TIMEOUT);
    }

    /** Restarts the endpoint if it is a moto of ours: it plays one execution of Step Functions per process. */
    public void restart() {
        if (running() instanceof Moto moto) {
            moto.restart();
        }
    }

    /** A name nobody used before, in the letters that tables and buckets take. */
    public String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /**
     * Runs a claim that this kind of endpoint is known not to keep, and demands there that it still fails: a gap that
     * closed has to be moved to the ordinary tests. On every other endpoint the claim is an ordinary test.
     */
    public void knownGap(Peer gapOf, String gap, Executable claim) {
        boolean passed = false;
        try {
            claim.execute();
            passed = true;
        } catch (RuntimeException | AssertionError failed) {
            if (peer() != gapOf) {
                throw failed;
            }
            System.out.println("KNOWN GAP of " + gapOf + ": " + gap);
        } catch (Throwable failed) {
            throw new AssertionError(failed);
        }
        if (passed && peer() == gapOf) {
            throw new AssertionError(gapOf + " passes now: move it to the ordinary tests (" + gap + ")");
        }
    }

    private static Running running() {
        return Endpoints.find().orElseThrow();
    }

    /** The one endpoint of this test run. */
    private static final class Endpoints {

        private static Optional<Optional<Running>> cached = Optional.empty();

        private static synchronized Optional<Running> find() {
            if (cached.isEmpty()) {
                cached = Optional.of(Named.find().or(Moto::start).or(Endpoints::provided));
            }
            return cached.get();
        }

        private static Optional<Running> provided() {
            return ServiceLoader.load(Provider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .flatMap(provider -> provider.start().stream())
                    .findFirst();
        }
    }
}
