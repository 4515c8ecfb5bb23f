package io.hallmark.local.blobs;

import io.hallmark.local.checksum.Checksum;
import java.util.Optional;

/** A file that holds some of an object's bytes: all of them, or one part of a multipart upload. */
public record Segment(String file, long size, Optional<Checksum> checksum) {}
