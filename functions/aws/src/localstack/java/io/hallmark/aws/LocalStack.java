package io.hallmark.aws;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack, or any image that speaks like it, in Docker; ended by Testcontainers when this JVM ends. */
public final class LocalStack implements AwsEndpoint.Provider {

    @Override
    public Optional<AwsEndpoint.Running> start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        DockerImageName image = DockerImageName.parse(System.getProperty("localstack.image"))
                .asCompatibleSubstituteFor("localstack/localstack");
        LocalStackContainer container = new LocalStackContainer(image);
        container.start();
        return Optional.of(new Started(container.getEndpoint()));
    }

    private record Started(URI uri) implements AwsEndpoint.Running {

        @Override
        public AwsEndpoint.Peer peer() {
            return AwsEndpoint.Peer.LOCALSTACK;
        }

        @Override
        public void reset() {}
    }
}
