package io.hallmark.aws;

import java.net.URI;
import java.util.Optional;

/** The endpoint that the environment names. It is not ours, so it is never emptied. */
record Named(AwsEndpoint.Peer peer, URI uri) implements AwsEndpoint.Running {

    static Optional<AwsEndpoint.Running> find() {
        return Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
                .filter(value -> !value.isBlank())
                .map(URI::create)
                .map(uri -> new Named(Moto.answersAt(uri) ? AwsEndpoint.Peer.MOTO : AwsEndpoint.Peer.NAMED, uri));
    }

    @Override
    public void reset() {}
}
