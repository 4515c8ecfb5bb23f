package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** PUTs to signed addresses, and tries again where that may help: each time with an address that is fresh. */
final class Sender {

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration PUT_LIMIT = Duration.ofHours(6);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int FORBIDDEN = 403;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final Surroundings around;
    private final Registry registry;
    private final Progress progress;

    Sender(Surroundings around, Registry registry, Progress progress) {
        this.around = around;
        this.registry = registry;
        this.progress = progress;
    }

    /** Asks the registry something that may be asked again. */
    interface Question {
        JsonValue ask() throws InterruptedException;
    }

    /** The answer to a question that changes nothing when it is asked twice; it is, while the registry is unavailable. */
    JsonValue ask(Question question) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.ask();
            } catch (CliFailure failed) {
                if (failed.exit() != ExitCode.UNAVAILABLE || attempt == ATTEMPTS_MAX) {
                    throw failed;
                }
                pause(attempt);
            }
        }
    }

    /**
     * Sends bytes.
     *
     * @param path of the file, for people
     * @param address signs an address: {@code url}, and {@code headers} to send
     * @param body of the request, told what counts what went out
     */
    void put(String path, Question address, Function<LongConsumer, HttpRequest.BodyPublisher> body)
            throws InterruptedException {
        int forbidden = 0;
        for (int attempt = 1; ; attempt++) {
            JsonValue signed = ask(address);
            AtomicLong sent = new AtomicLong();
            String failure;
            int status = 0;
            try {
                HttpResponse<String> answer = registry.endpoint()
                        .http()
                        .send(
                                request(signed, body.apply(bytes -> {
                                    sent.addAndGet(bytes);
                                    progress.add(path, bytes);
                                })),
                                HttpResponse.BodyHandlers.ofString());
                status = answer.statusCode();
                if (status / 100 == 2) {
                    return;
                }
                failure = "the store answered " + status + " to " + path + code(answer.body());
            } catch (IOException broken) {
                failure = "sending " + path + " failed: " + broken.getMessage();
            }
            progress.add(path, -sent.get());
            // An address that expired is answered like one that is not allowed; a second fresh one tells them apart.
            forbidden += status == FORBIDDEN ? 1 : 0;
            boolean another = status == FORBIDDEN ? forbidden < 2 : worthAnother(status);
            if (!another || attempt == ATTEMPTS_MAX) {
                throw new CliFailure(ExitCode.UNAVAILABLE, failure);
            }
            pause(attempt);
        }
    }

    private static boolean worthAnother(int status) {
        return status == 0 || status == TIMEOUT || status == TOO_MANY || status >= 500;
    }

    private static HttpRequest request(JsonValue signed, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(signed.at("url").textOr("")))
                .timeout(PUT_LIMIT)
                .PUT(body);
        signed.at("headers").fields().forEach((name, value) -> request.header(name, value.textOr("")));
        return request.build();
    }

    private void pause(int attempt) throws InterruptedException {
        around.sleeper().sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
    }

    private static String code(String xml) {
        int start = xml.indexOf("<Code>");
        int end = xml.indexOf("</Code>");
        return start >= 0 && end > start ? " (" + xml.substring(start + 6, end) + ")" : "";
    }
}
