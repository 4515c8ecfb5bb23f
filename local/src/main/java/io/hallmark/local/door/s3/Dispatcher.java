package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.blobs.Origin;
import java.io.IOException;
import java.util.Optional;

/** Which class does which operation. */
final class Dispatcher {

    private final ObjectStore store;
    private final String principal;
    private final BucketOperations buckets;
    private final ListOperations lists;
    private final ReadOperations reads;
    private final WriteOperations writes;
    private final CopyOperations copies;
    private final DeleteOperations deletes;
    private final MultipartOperations multipart;
    private final CompleteOperation complete;
    private final TaggingOperations tagging;

    Dispatcher(ObjectStore store, String principal, String region) {
        this.store = store;
        this.principal = principal;
        this.buckets = new BucketOperations(store, region);
        this.lists = new ListOperations(store);
        this.reads = new ReadOperations(store);
        this.writes = new WriteOperations(store);
        this.copies = new CopyOperations(store);
        this.deletes = new DeleteOperations(store);
        this.multipart = new MultipartOperations(store);
        this.complete = new CompleteOperation(store);
        this.tagging = new TaggingOperations(store);
    }

    Reply answer(Operation operation, S3Request request, Body body) throws IOException {
        checkBucket(operation, request);
        Origin origin = new Origin(principal, "127.0.0.1", request.requestId());
        return switch (operation) {
            case LIST_BUCKETS -> buckets.list();
            case CREATE_BUCKET -> buckets.create(request, body);
            case HEAD_BUCKET -> buckets.head();
            case GET_BUCKET_LOCATION -> buckets.location();
            case GET_BUCKET_VERSIONING -> buckets.versioning();
            case LIST_OBJECT_VERSIONS -> lists.versions(request);
            case LIST_OBJECTS_V2 -> lists.objectsV2(request);
            case LIST_OBJECTS -> lists.objects(request);
            case DELETE_OBJECTS -> deletes.many(request, body, origin);
            case LIST_MULTIPART_UPLOADS -> multipart.listUploads(request);
            case LIST_PARTS -> multipart.listParts(request);
            case GET_OBJECT_TAGGING -> tagging.get(request);
            case PUT_OBJECT_TAGGING -> tagging.put(request, body);
            case GET_OBJECT_ATTRIBUTES -> reads.attributes(request);
            case GET_OBJECT, HEAD_OBJECT -> reads.get(request);
            case UPLOAD_PART_COPY -> copies.part(request);
            case UPLOAD_PART -> multipart.uploadPart(request, body);
            case COPY_OBJECT -> copies.object(request, origin);
            case PUT_OBJECT -> writes.put(request, body, origin);
            case CREATE_MULTIPART_UPLOAD -> multipart.create(request);
            case COMPLETE_MULTIPART_UPLOAD -> complete.complete(request, body, origin);
            case ABORT_MULTIPART_UPLOAD -> multipart.abort(request);
            case DELETE_OBJECT -> deletes.one(request, origin);
        };
    }

    private void checkBucket(Operation operation, S3Request request) throws S3Error {
        Optional<String> owner = request.header("x-amz-expected-bucket-owner");
        if (owner.isPresent() && !owner.get().equals(S3Door.OWNER)) {
            throw new S3Error(ErrorCode.ACCESS_DENIED, "Access Denied: the owner of the buckets is " + S3Door.OWNER);
        }
        boolean needed = operation != Operation.LIST_BUCKETS && operation != Operation.CREATE_BUCKET;
        if (needed && store.bucket(request.bucket()).isEmpty()) {
            throw S3Error.noSuchBucket(request.bucket());
        }
    }
}
