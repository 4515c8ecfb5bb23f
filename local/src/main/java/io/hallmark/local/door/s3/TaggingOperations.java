package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.StoredVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tags of a version. */
final class TaggingOperations {

    private final ObjectStore store;

    TaggingOperations(ObjectStore store) {
        this.store = store;
    }

    Reply get(S3Request request) throws S3Error {
        StoredVersion version = Versions.wanted(store, request);
        Xml xml = Xml.s3("Tagging")
                .nested(
                        "TagSet",
                        set -> version.attributes()
                                .tags()
                                .forEach((key, value) -> set.nested(
                                        "Tag", tag -> tag.text("Key", key).text("Value", value))));
        return Reply.xml(xml).with("x-amz-version-id", version.object().versionId());
    }

    Reply put(S3Request request, Body body) throws IOException {
        XmlBody.Element document =
                DeleteOperations.checkedDocument(store, body, ExpectedChecksum.of(request), "Tagging");
        document.only(Set.of("TagSet"));
        Map<String, String> tags = new LinkedHashMap<>();
        List<XmlBody.Element> listed = document.all("TagSet").stream()
                .flatMap(set -> set.all("Tag").stream())
                .toList();
        for (XmlBody.Element tag : listed) {
            if (tags.put(tag.required("Key"), tag.required("Value")) != null) {
                throw new S3Error(ErrorCode.INVALID_TAG, "Cannot provide multiple Tags with the same key");
            }
        }
        Given.checkTags(tags);
        StoredVersion version = Versions.wanted(store, request);
        if (!store.tag(version, tags)) {
            throw S3Error.noSuchKey(request.key());
        }
        return Reply.empty(Reply.OK).with("x-amz-version-id", version.object().versionId());
    }
}
