package io.hallmark.local.blobs;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.local.checksum.Checksum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of a key, or a delete marker.
 *
 * @param sequence the order of all changes of the store; of two versions of a key the larger is newer
 * @param marker whether this is a delete marker: no bytes, and the key counts as deleted while it is newest
 * @param etag without quotes
 * @param parts how many parts a multipart upload had; 0 for anything else
 */
public record StoredVersion(
        long sequence,
        ObjectVersion object,
        boolean marker,
        long size,
        String etag,
        Instant modified,
        Attributes attributes,
        Optional<Checksum> checksum,
        int parts) {

    static final String COLUMNS = "v.sequence, v.bucket, v.key, v.version_id, v.marker, v.size, v.etag, v.modified,"
            + " v.metadata, v.headers, v.tags, v.checksum, v.parts";

    static StoredVersion read(ResultSet row) throws SQLException {
        return new StoredVersion(
                row.getLong("sequence"),
                new ObjectVersion(row.getString("bucket"), Sql.text(row.getBytes("key")), row.getString("version_id")),
                row.getBoolean("marker"),
                row.getLong("size"),
                row.getString("etag"),
                Instant.ofEpochMilli(row.getLong("modified")),
                new Attributes(
                        Attributes.map(row.getString("metadata")),
                        Attributes.map(row.getString("headers")),
                        Attributes.map(row.getString("tags"))),
                Checksum.read(row.getString("checksum")),
                row.getInt("parts"));
    }
}
