package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.Bucket;
import io.hallmark.local.blobs.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Buckets: made, listed, described. All are versioned, and all are in one region. */
final class BucketOperations {

    /** "Bucket naming rules" of the S3 user guide. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]");

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final String NAMELESS_REGION = "us-east-1";

    private final ObjectStore store;
    private final String region;

    BucketOperations(ObjectStore store, String region) {
        this.store = store;
        this.region = region;
    }

    Reply list() {
        Xml xml = Xml.s3("ListAllMyBucketsResult")
                .nested("Owner", owner -> owner.text("ID", S3Door.OWNER).text("DisplayName", "hallmark"))
                .nested("Buckets", buckets -> {
                    for (Bucket bucket : store.buckets()) {
                        buckets.nested(
                                "Bucket",
                                each -> each.text("Name", bucket.name())
                                        .text("CreationDate", Times.iso(bucket.created())));
                    }
                });
        return Reply.xml(xml);
    }

    Reply create(S3Request request, Body body) throws IOException {
        String name = request.bucket();
        if (!NAME.matcher(name).matches()
                || name.contains("..")
                || ADDRESS.matcher(name).matches()) {
            throw new S3Error(ErrorCode.INVALID_BUCKET_NAME, "The specified bucket is not valid.")
                    .with("BucketName", name);
        }
        if (body.length() > 0) {
            XmlBody.Element configuration = XmlBody.read(body, "CreateBucketConfiguration");
            configuration.only(Set.of("LocationConstraint"));
            Optional<String> constraint =
                    configuration.find("LocationConstraint").map(String::strip).filter(text -> !text.isEmpty());
            if (constraint.isPresent() && !constraint.get().equals(region)) {
                throw new S3Error(
                        ErrorCode.ILLEGAL_LOCATION_CONSTRAINT,
                        "The " + constraint.get() + " location constraint is incompatible for the region specific"
                                + " endpoint this request was sent to: " + region);
            }
        }
        store.createBucket(name);
        return Reply.empty(Reply.OK).with("Location", "/" + name);
    }

    Reply head() {
        return Reply.empty(Reply.OK).with("x-amz-bucket-region", region);
    }

    Reply location() {
        String constraint = region.equals(NAMELESS_REGION) ? "" : region;
        return Reply.xml(Xml.s3("LocationConstraint").content(constraint));
    }

    Reply versioning() {
        return Reply.xml(Xml.s3("VersioningConfiguration").text("Status", "Enabled"));
    }
}
