package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.service.intake.Arrival;
import io.hallmark.core.store.UploadRows;
import io.hallmark.handlers.json.InvocationJson;
import io.hallmark.handlers.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door of intake, from the payloads that AWS sends. */
class ArtifactUploadedHandlerTest {

    private static final Arrival MODEL = new Arrival(
            "hallmark",
            "incoming/doctor-visit/candidate-gbm/model.txt",
            Arrival.Spelling.FORM,
            Optional.of("096fKKXTRTtl3on89fVO.nfljtsv6qko"),
            uploadedAt("2026-11-21T10:00:00Z"));

    private final Registry registry = new Registry();

    private static Arrival.Origin uploadedAt(String time) {
        return new Arrival.Origin(Optional.of(java.time.Instant.parse(time)), Optional.empty());
    }

    @Test
    void anS3EventIsRead() {
        assertThat(UploadEvents.arrivals(InvocationJson.of(Samples.event("s3-put.json"))))
                .containsExactly(MODEL);
    }

    @Test
    void aLargeMultipartUploadIsReadWithItsKeyAsSpelled() {
        assertThat(UploadEvents.arrivals(InvocationJson.of(Samples.event("s3-multipart-complete.json"))))
                .containsExactly(new Arrival(
                        "hallmark",
                        "incoming/doctor-visit/large+model+v2.safetensors",
                        Arrival.Spelling.FORM,
                        Optional.of("3HL4kqtJvjVBH40Nrjfkd"),
                        uploadedAt("2026-11-21T10:04:12.345Z")));
    }

    @Test
    void anEventBridgeEventIsReadWithItsKeyAsItIs() {
        assertThat(UploadEvents.arrivals(InvocationJson.of(Samples.event("eventbridge-object-created.json"))))
                .containsExactly(new Arrival(
                        MODEL.bucket(), MODEL.key(), Arrival.Spelling.PLAIN, MODEL.versionId(), MODEL.origin()));
    }

    @Test
    void aBatchFromAQueueIsTakenIn() {
        SQSBatchResponse answer = registry.handler.handleRequest(Samples.event("s3-in-sqs.json"), null);
        assertThat(answer.getBatchItemFailures()).isEmpty();
        ObjectVersion named = new ObjectVersion(
                "hallmark", "incoming/doctor-visit/large model v2.safetensors", "3HL4kqtJvjVBH40Nrjfkd");
        assertThat(registry.entry(named).state()).isEqualTo(LedgerState.VANISHED);
    }

    @Test
    void theTestEventOfANewNotificationIsIgnored() {
        assertThat(registry.handler
                        .handleRequest(Samples.event("s3-test-event.json"), null)
                        .getBatchItemFailures())
                .isEmpty();
        String body = Samples.text("s3-test-event.json");
        assertThat(registry.handler
                        .handleRequest(Uploads.batch(List.of(body)), null)
                        .getBatchItemFailures())
                .isEmpty();
    }

    @Test
    void anotherMajorVersionOfEventsGoesToTheDeadLettersAndALaterMinorOneDoesNot() {
        String put = Samples.text("s3-put.json");
        String major = put.replace("\"eventVersion\": \"2.1\"", "\"eventVersion\": \"3.0\"");
        String minor = put.replace("\"eventVersion\": \"2.1\"", "\"eventVersion\": \"2.99\", \"news\": {\"a\": 1}");
        assertThat(failed(List.of(major, minor))).containsExactly("m-0");
        assertThatThrownBy(() -> UploadEvents.arrivals(StrictJson.read(Uploads.bytes(major))))
                .isInstanceOfSatisfying(
                        RegistryFailure.Malformed.class,
                        failure -> assertThat(failure.code()).isEqualTo("EVENT_MAJOR"));
    }

    @Test
    void ofABatchOnlyThePoisonComesBack() {
        String good = Uploads.notification(registry.put("fraud/model.bin", Uploads.bytes("x")));
        assertThat(failed(List.of(
                        good, "not JSON", good, "{}", good, "\"" + good.length() + "\"", "{\"Records\":[]}", "")))
                .containsExactly("m-1", "m-3", "m-5", "m-7");
        assertThat(registry.versions("fraud")).isEqualTo(1);
    }

    @Test
    void anEventThatCameAloneFailsAsAWhole() {
        Map<String, Object> broken =
                Map.of("Records", List.of(Map.of("eventSource", "aws:s3", "eventName", "ObjectCreated:Put")));
        assertThatThrownBy(() -> registry.handler.handleRequest(broken, null))
                .isInstanceOf(RegistryFailure.Malformed.class);
    }

    @Test
    void eventsOfOtherKindsAndSourcesAreNotTakenIn() {
        String put = Samples.text("s3-put.json");
        assertThat(UploadEvents.arrivals(read(put.replace("ObjectCreated:Put", "ObjectRemoved:Delete"))))
                .isEmpty();
        assertThat(UploadEvents.arrivals(read(put.replace("\"aws:s3\"", "\"aws:other\""))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "incoming/fraud/%, QUARANTINED, KEY_ENCODING",
        "incoming/fraud/%zz, QUARANTINED, KEY_ENCODING",
        "incoming/fraud/%C3%28, QUARANTINED, KEY_ENCODING",
        "incoming/fraud/a%00b, QUARANTINED, KEY_CHARS",
        "incoming/fraud/a%0D%0Ab, QUARANTINED, KEY_CHARS",
        "incoming/fraud/a%1B[2J, QUARANTINED, KEY_CHARS",
        "incoming/fraud/..%2F..%2Fetc, QUARANTINED, KEY_PATH",
        "incoming/fraud/./x, QUARANTINED, KEY_PATH",
        "incoming/fraud//x, QUARANTINED, KEY_PATH",
        "/incoming/fraud/x, QUARANTINED, KEY_PATH",
        "incoming/fraud/a%5Cb, QUARANTINED, KEY_PATH",
        "incoming/file, QUARANTINED, KEY_PATH",
        "incoming/fraud/hallmark.json, QUARANTINED, KEY_PATH",
        "incoming/Model/x, QUARANTINED, NAME_CHARS",
        "incoming/m%D0%BEdel/x, QUARANTINED, NAME_CHARS",
        "incoming/fraud/a%E2%80%AEb, QUARANTINED, NAME_CHARS",
        "incoming/fraud/a%E2%80%8Bb, QUARANTINED, NAME_CHARS",
        "incoming/fraud/e%CC%81, QUARANTINED, NAME_CHARS",
        "incoming/fraud/up+load/x, QUARANTINED, NAME_CHARS",
        "incoming/fraud/folder/, IGNORED, FOLDER",
        "elsewhere/fraud/x, IGNORED, NOT_INCOMING",
    })
    void hostileKeysEndInTheLedgerWithTheirCode(String spelled, LedgerState state, String code) {
        String put = Samples.text("s3-put.json").replace(MODEL.key(), spelled);
        UploadRecord entry =
                registry.register.arrived(UploadEvents.arrivals(read(put)).get(0));
        assertThat(entry.state()).isEqualTo(state);
        assertThat(entry.code()).contains(code);
        assertThat(UploadRows.find(registry.table, entry.id())).contains(entry);
        assertThat(entry.object().key().codePoints()).noneMatch(Character::isISOControl);
        assertThat(failed(List.of(put))).isEmpty();
    }

    @Test
    void aModelNameOf129CharactersIsTooLong() {
        String key = "incoming/" + "m".repeat(129) + "/x";
        UploadRecord entry =
                registry.register.arrived(new Arrival("hallmark", key, Arrival.Spelling.PLAIN, Optional.of("1")));
        assertThat(entry.code()).contains("NAME_LENGTH");
    }

    @Test
    void aKeyIsDecodedOnce() {
        ObjectVersion object = registry.put("fraud/a b+c%2Bd.bin", Uploads.bytes("x"));
        registry.tell(object);
        assertThat(registry.entry(object).state()).isEqualTo(LedgerState.REGISTERED);
    }

    @Test
    void otherBucketsAreRefused() {
        UploadRecord entry = registry.register.arrived(
                new Arrival("stranger", "incoming/fraud/x", Arrival.Spelling.FORM, Optional.of("1")));
        assertThat(entry.state()).isEqualTo(LedgerState.REFUSED);
        assertThat(entry.code()).contains("BUCKET_NOT_ALLOWED");
    }

    @Test
    void aBucketWithoutVersionsIsRefused() {
        for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of("null"))) {
            UploadRecord entry =
                    registry.register.arrived(new Arrival("hallmark", "incoming/fraud/x", Arrival.Spelling.FORM, none));
            assertThat(entry.state()).isEqualTo(LedgerState.REFUSED);
            assertThat(entry.code()).contains("UNVERSIONED_BUCKET");
            assertThat(entry.id()).isEqualTo(UploadId.of(new ObjectVersion("hallmark", "incoming/fraud/x", "")));
        }
    }

    private List<String> failed(List<String> bodies) {
        return registry.handler.handleRequest(Uploads.batch(bodies), null).getBatchItemFailures().stream()
                .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private static Json read(String body) {
        return StrictJson.read(Uploads.bytes(body));
    }
}
