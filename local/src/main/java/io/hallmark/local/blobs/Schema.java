package io.hallmark.local.blobs;

import java.util.List;

/** The tables of the object store. Keys are blobs, so that SQLite orders them by bytes as S3 does. */
final class Schema {

    static final List<String> STATEMENTS = List.of(
            "CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT",
            "CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT",
            """
            CREATE TABLE IF NOT EXISTS version (
              sequence INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key BLOB NOT NULL, version_id TEXT NOT NULL UNIQUE,
              marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
              metadata TEXT NOT NULL, headers TEXT NOT NULL, tags TEXT NOT NULL, checksum TEXT NOT NULL,
              parts INTEGER NOT NULL) STRICT""",
            "CREATE UNIQUE INDEX IF NOT EXISTS version_by_key ON version (bucket, key, sequence DESC)",
            // Which version of a key is the newest, so that a list need not look at all versions of every key.
            """
            CREATE TABLE IF NOT EXISTS newest (
              bucket TEXT NOT NULL, key BLOB NOT NULL, sequence INTEGER NOT NULL, marker INTEGER NOT NULL,
              PRIMARY KEY (bucket, key)) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE IF NOT EXISTS segment (
              sequence INTEGER NOT NULL, ordinal INTEGER NOT NULL, file TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
              checksum TEXT NOT NULL, PRIMARY KEY (sequence, ordinal)) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE IF NOT EXISTS upload (
              id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key BLOB NOT NULL, created INTEGER NOT NULL,
              metadata TEXT NOT NULL, headers TEXT NOT NULL, tags TEXT NOT NULL, algorithm TEXT NOT NULL,
              type TEXT NOT NULL) STRICT""",
            "CREATE INDEX IF NOT EXISTS upload_by_key ON upload (bucket, key, id)",
            """
            CREATE TABLE IF NOT EXISTS part (
              upload TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
              etag TEXT NOT NULL, checksum TEXT NOT NULL, modified INTEGER NOT NULL,
              PRIMARY KEY (upload, number)) STRICT, WITHOUT ROWID""",
            // What a completed upload became, so that a client which lost the answer may ask again.
            """
            CREATE TABLE IF NOT EXISTS completed (
              upload TEXT PRIMARY KEY, sequence INTEGER NOT NULL, at INTEGER NOT NULL) STRICT""",
            // Files that no row needs any more. They are deleted after the commit that says so.
            "CREATE TABLE IF NOT EXISTS trash (file TEXT PRIMARY KEY) STRICT",
            """
            CREATE TABLE IF NOT EXISTS message (
              id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, body TEXT NOT NULL, sent INTEGER NOT NULL,
              visible INTEGER NOT NULL, receives INTEGER NOT NULL, first_received INTEGER NOT NULL) STRICT""",
            "CREATE INDEX IF NOT EXISTS message_by_visible ON message (visible)",
            """
            CREATE TABLE IF NOT EXISTS dead_letter (
              id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, body TEXT NOT NULL, sent INTEGER NOT NULL,
              receives INTEGER NOT NULL, died INTEGER NOT NULL) STRICT""");

    private Schema() {}
}
