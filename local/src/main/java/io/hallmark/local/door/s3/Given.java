package io.hallmark.local.door.s3;

import io.hallmark.core.store.BlobLimits;
import io.hallmark.local.blobs.Attributes;
import io.hallmark.local.sigv4.UriText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what a write says about an object besides its bytes. */
final class Given {

    /** Headers that are kept with an object and given back. */
    static final List<String> KEPT = List.of(
            "Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires");

    private static final String META = "x-amz-meta-";
    private static final int TAGS_MAX = 10;
    private static final int TAG_KEY_MAX = 128;
    private static final int TAG_VALUE_MAX = 256;

    private Given() {}

    static Attributes attributes(S3Request request) throws S3Error {
        checkFixed(request, "x-amz-storage-class", Set.of("STANDARD"));
        checkFixed(request, "x-amz-acl", Set.of("private", "bucket-owner-full-control"));
        return new Attributes(metadata(request), headers(request), tags(request));
    }

    private static void checkFixed(S3Request request, String header, Set<String> known) throws S3Error {
        Optional<String> value = request.header(header);
        if (value.isPresent() && !known.contains(value.get())) {
            throw S3Error.notImplemented("the value " + value.get() + " of " + header);
        }
    }

    private static Map<String, String> metadata(S3Request request) throws S3Error {
        Map<String, String> metadata = new TreeMap<>();
        int bytes = 0;
        for (var header : request.headers().tailMap(META).entrySet()) {
            if (header.getKey().startsWith(META)) {
                byte[] wire = header.getValue().strip().getBytes(StandardCharsets.ISO_8859_1);
                bytes += header.getKey().length() - META.length() + wire.length;
                metadata.put(
                        header.getKey().substring(META.length()),
                        UriText.utf8(wire).orElse(header.getValue().strip()));
            }
        }
        if (bytes > BlobLimits.METADATA_BYTES_MAX) {
            throw new S3Error(
                            ErrorCode.METADATA_TOO_LARGE,
                            "Your metadata headers exceed the maximum allowed metadata size")
                    .with("Size", Integer.toString(bytes))
                    .with("MaxSizeAllowed", Integer.toString(BlobLimits.METADATA_BYTES_MAX));
        }
        return metadata;
    }

    private static Map<String, String> headers(S3Request request) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : KEPT) {
            Optional<String> value = request.header(name.toLowerCase(Locale.ROOT));
            if (name.equals("Content-Encoding")) {
                value = value.map(Given::withoutFraming).filter(rest -> !rest.isEmpty());
            }
            value.ifPresent(text -> kept.put(name, text));
        }
        return kept;
    }

    /** Of Content-Encoding the part that is about the object: aws-chunked is about the transfer. */
    private static String withoutFraming(String encodings) {
        return Arrays.stream(encodings.split(",", -1))
                .map(String::strip)
                .filter(encoding -> !encoding.equals("aws-chunked"))
                .collect(Collectors.joining(","));
    }

    private static Map<String, String> tags(S3Request request) throws S3Error {
        Map<String, String> tags = new LinkedHashMap<>();
        String header = request.header("x-amz-tagging").orElse("");
        for (String pair : header.isEmpty() ? new String[0] : header.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (tags.put(key, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw new S3Error(ErrorCode.INVALID_TAG, "Cannot provide multiple Tags with the same key");
            }
        }
        checkTags(tags);
        return tags;
    }

    private static String decoded(String text) throws S3Error {
        return UriText.decode(text.replace('+', ' '))
                .orElseThrow(() -> S3Error.invalidArgument(
                        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
                                + " without tag name duplicates.",
                        "x-amz-tagging",
                        text));
    }

    /** Refuses tags beyond the limits of "Categorizing your storage using tags", S3 user guide. */
    static void checkTags(Map<String, String> tags) throws S3Error {
        if (tags.size() > TAGS_MAX) {
            throw new S3Error(ErrorCode.INVALID_TAG, "Object tags cannot be greater than " + TAGS_MAX);
        }
        for (var tag : tags.entrySet()) {
            if (tag.getKey().isEmpty() || tag.getKey().length() > TAG_KEY_MAX) {
                throw new S3Error(ErrorCode.INVALID_TAG, "The TagKey you have provided is invalid")
                        .with("TagKey", tag.getKey());
            }
            if (tag.getValue().length() > TAG_VALUE_MAX) {
                throw new S3Error(ErrorCode.INVALID_TAG, "The TagValue you have provided is invalid")
                        .with("TagKey", tag.getKey());
            }
        }
    }
}
